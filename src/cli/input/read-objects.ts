import { readFileSync, statSync } from 'node:fs'
import { normalize } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Upload } from '#analyst/analyst'
import type { LeftOutFile } from '#engine/model/left-out'
import { failure } from '../failure.js'
import type { ClusterPaths } from './cluster-flag.js'
import { fileAtHand } from './file-at-hand.js'
import { type FoundFile, walkDirectory } from './walk-directory.js'

type Files = Required<Pick<Upload, 'files' | 'leftOut'>>

const header = (clusters: readonly ClusterPaths[]): Uint8Array =>
  Buffer.from(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: clusters.map(({ name }) => ({ name })) }))

/** Objects without a document: a document that states nothing but the clusters' names, and each cluster's files. */
export async function readObjects(clusters: readonly ClusterPaths[]): Promise<Upload> {
  const read: Files[] = []
  for (const { name, paths } of clusters) for (const path of paths) read.push(await filesAt(path, name))
  return {
    body: header(clusters),
    isAlone: true,
    mediaType: 'application/json',
    files: read.flatMap(({ files }) => files),
    leftOut: read.flatMap(({ leftOut }) => leftOut),
  }
}

async function filesAt(path: string, cluster: string): Promise<Files> {
  if (path === '-') return { files: [{ path: 'standard input', body: await buffer(process.stdin), cluster, named: true }], leftOut: [] }
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw failure('input', `there is no file or directory \`${path}\``)
  if (found.isDirectory()) return filesBelow(path, cluster)
  const named = { path: told(path), cluster, named: true }
  // What is no file, as a pipe, can be read once only.
  return { files: [found.isFile() ? fileAtHand(path, named) : { ...named, body: readFileSync(path) }], leftOut: [] }
}

/** Files of other formats are not even read. */
function filesBelow(directory: string, cluster: string): Files {
  const { files, links } = walkDirectory(directory)
  const isManifest = ({ path }: FoundFile): boolean => /\.(?:ya?ml|json)$/i.test(path)
  const toldOf = (path: string): string => told(`${directory}/${path}`)
  if (files.length + links.length === 0) throw failure('input', `there are no files in \`${directory}\``)
  const leftOut: LeftOutFile[] = [
    ...files
      .filter((found) => !isManifest(found))
      .map(({ path, linksTo }) => ({ path: toldOf(linksTo ?? path), reason: 'OTHER_FORMAT' as const })),
    ...links.map(({ own }) => ({ path: toldOf(own), reason: 'LINK' as const })),
  ]
  const found = ({ path, linksTo }: FoundFile) => ({
    path: toldOf(path),
    cluster,
    ...(linksTo === undefined ? {} : { linksTo: toldOf(linksTo) }),
  })
  return { files: files.filter(isManifest).map((one) => fileAtHand(one.file, found(one))), leftOut }
}

/** As it was written, so that an editor finds it. */
const told = (path: string): string => normalize(path).replaceAll('\\', '/')
