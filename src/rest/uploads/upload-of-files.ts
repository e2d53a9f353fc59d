import type { AppendRequest } from '#operations/versions/append-version'
import { type SentFile, safePath } from './sent-file.js'
import { uploadFault } from './upload-fault.js'

type Upload = AppendRequest['upload']

const isDocument = (path: string): boolean => /^topology\.(?:ya?ml|json)$/.test(path)
const isManifest = (path: string): boolean => /\.(?:ya?ml|json)$/i.test(path)

/**
 * Files as they were sent: with the topology document among them, or else the objects of one cluster.
 *
 * The document stands at the top, or in the one directory that everything is in, as archives of repositories have it. Files of other formats are
 * not even handed on.
 */
export function uploadOfFiles(sent: readonly SentFile[], links: readonly string[], cluster: string): Upload {
  const files = withoutRoot(sent)
  const [first] = files
  if (first === undefined)
    throw uploadFault('DOCUMENT_MISSING', 'no file was sent; a topology document is expected, or files of Kubernetes objects')
  const repeated = findRepeated(files)
  if (repeated !== undefined) throw uploadFault('FILE_REPEATED', `\`${repeated}\` was sent twice`, repeated)
  const leftOut = [
    ...links.map((path) => ({ path, reason: 'LINK' as const })),
    ...files.filter(({ path }) => !isManifest(path)).map(({ path }) => ({ path, reason: 'OTHER_FORMAT' as const })),
  ]
  const manifests = files.filter(({ path }) => isManifest(path))
  const document = manifests.find(({ path }) => isDocument(path))
  if (document === undefined) return ofCluster(manifests, leftOut, cluster)
  return { ...documentOf(document), files: manifests.filter((file) => file !== document), leftOut }
}

/** A document by itself, under the name that places are told by. */
const documentOf = ({ path, body }: SentFile): Pick<Upload, 'body' | 'mediaType' | 'name'> => ({
  body,
  mediaType: path.endsWith('.json') ? 'application/json' : 'application/yaml',
  name: path,
})

const ofCluster = (files: readonly SentFile[], leftOut: NonNullable<Upload['leftOut']>, cluster: string): Upload => ({
  body: Buffer.from(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: cluster }] })),
  isAlone: true,
  mediaType: 'application/json',
  files: files.map((file) => ({ ...file, cluster })),
  leftOut,
})

/** Without the one directory that all of them are in, where a document stands in it. */
function withoutRoot(sent: readonly SentFile[]): readonly SentFile[] {
  const files = sent.map(({ path, body }) => ({ path: safePath(path), body }))
  const root = files[0]?.path.split('/')[0] ?? ''
  const isCommon = files.every(({ path }) => path.startsWith(`${root}/`))
  const inner = (path: string): string => path.slice(root.length + 1)
  return isCommon && files.some(({ path }) => isDocument(inner(path)))
    ? files.map(({ path, body }) => ({ path: inner(path), body }))
    : files
}

function findRepeated(files: readonly SentFile[]): string | undefined {
  const seen = new Set<string>()
  return files.find(({ path }) => seen.size === seen.add(path).size)?.path
}
