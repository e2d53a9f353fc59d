import { readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Upload } from '#analyst/analyst'
import type { Flag, Given } from '../command.js'
import { failure } from '../failure.js'
import { clusterFlag, readClusters } from './cluster-flag.js'
import { readDocument } from './read-document.js'
import { readObjects } from './read-objects.js'

/** What is read: the upload, and of objects without a document the names of their clusters, and whether these were stated. */
export interface Input {
  readonly upload: Upload
  readonly alone?: { readonly clusters: readonly string[]; readonly isStated: boolean }
}

/** Flags of every command that reads files. */
export const inputFlags: Readonly<Record<string, Flag>> = {
  cluster: clusterFlag,
  strict: { says: 'refuse everything when a file is broken, or objects of one name differ, instead of passing over it' },
}

/** Under which name a directory holds a document, the first that exists. */
const documentNames = ['topology.yaml', 'topology.yml', 'topology.json']

const usual = 'default'

/** A topology document, or Kubernetes objects without one: from files, directories, or standard input (`-`). */
export async function readInput(given: Given): Promise<Input> {
  const { upload, alone } = await read(given)
  return { upload: { ...upload, lenient: !given.has('strict') }, ...(alone === undefined ? {} : { alone }) }
}

async function read(given: Given): Promise<Input> {
  const stated = readClusters(given)
  if (!('name' in stated)) return { upload: await readObjects(stated), alone: { clusters: stated.map(({ name }) => name), isStated: true } }
  const { operands: paths } = given
  const name = stated.name ?? usual
  const alone = { clusters: [name], isStated: stated.name !== undefined }
  if (paths.length === 1 && paths[0] === '-') {
    const body = await buffer(process.stdin)
    if (stated.name !== undefined && isTopology(body, false)) throw namesItsOwn(stated.name, 'what standard input holds')
    return { upload: { body, mediaType: 'application/yaml', cluster: name }, alone }
  }
  const documents = paths.flatMap(documentAt)
  const [document] = documents
  if (document === undefined) return { upload: await readObjects([{ name, paths }]), alone }
  if (paths.length > 1)
    throw failure('input', `\`${document.file}\` is a topology document, which is asked alone: list the other files in its \`resources\``)
  if (stated.name !== undefined) throw namesItsOwn(stated.name, `\`${document.file}\``)
  return { upload: readDocument(document.file, document.body) }
}

const namesItsOwn = (cluster: string, document: string): Error =>
  failure('input', `\`--cluster ${cluster}\` names the cluster of objects without a document, and ${document} is one, which names its own`)

/** The topology document that a path is, or that its directory holds. */
function documentAt(path: string): readonly { readonly file: string; readonly body: Uint8Array }[] {
  if (path === '-') return []
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw failure('input', `there is no file or directory \`${path}\``)
  const candidates = found.isDirectory() ? documentNames.map((name) => join(path, name)) : [path]
  const file = candidates.find(
    (candidate) => !statSync(candidate, { throwIfNoEntry: false })?.isDirectory() && statSync(candidate, { throwIfNoEntry: false }),
  )
  if (file === undefined) return []
  const body = readFileSync(file)
  return isTopology(
    body,
    documentNames.some((name) => file.endsWith(name)),
  )
    ? [{ file, body }]
    : []
}

/** Where the document stands that is read, as it was written: its files are told relative to that; '' where none is read. */
export function directoryOfDocument(given: Given): string {
  const [path = '-', another] = given.operands
  if (another !== undefined || given.has('server') || !statSync(path, { throwIfNoEntry: false })) return ''
  const [document] = documentAt(path)
  return document === undefined ? '' : normalize(dirname(document.file)).replaceAll('\\', '/').replace(/^\.$/, '')
}

const says = [/^["']?apiVersion["']?[ \t]*:[ \t]*["']?sightline\//m, /"apiVersion"\s*:\s*"sightline\//]
const another = /(?:^|["'{,\s])apiVersion["']?\s*:/
const clusters = /^["']?clusters["']?[ \t]*:/m
const kind = /^["']?kind["']?[ \t]*:[ \t]*["']?Topology\b/m
/** Of the text as a whole: objects among its resources have theirs further right. */
const ownVersion = /^["']?apiVersion["']?[ \t]*:/m

/** Is a text a topology document, or meant to be one? Asked before it is parsed; `isNamedSo`: its file is called `topology.yaml`. */
const isTopology = (body: Uint8Array, isNamedSo: boolean): boolean => {
  const text = new TextDecoder().decode(body)
  if (says.some((pattern) => pattern.test(text))) return true
  if (!another.test(text)) return isNamedSo || clusters.test(text)
  return !ownVersion.test(text) && (kind.test(text) || (isNamedSo && clusters.test(text)))
}
