import { putMember } from '../put-member.js'
import { isRaw, noLabels, type Raw, type Reading, readLabels, readObject, readText, shareLabels } from './reading.js'

export type Labels = Readonly<Record<string, string>>

/**
 * Who an object is. Resources carry no cluster: a cluster's part is read once per digest and shared by every version (and
 * every cluster) that has the same content; the cluster's name joins them where they are used.
 */
export interface Meta {
  readonly kind: string
  /** '' for cluster-scoped objects. */
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  readonly annotations: Labels
  /** Milliseconds since the epoch, 0 when the object does not say: Istio's age order falls back to name, then namespace. */
  readonly createdAt: number
  /** Position of the object in its cluster's canonical part; finds its file and line. */
  readonly index: number
  /** What a control plane made the object of, where it is in no cluster. */
  readonly origin?: { readonly kind: string; readonly namespace: string; readonly name: string /** Of the part. */; readonly path?: string }
}

/** On an object: findings about it that its owner accepts. */
export const suppressAnnotation = 'sightline/suppress'

// Large, and a restatement of what stands elsewhere.
const dropped = new Set(['sidecar.istio.io/status', 'kubectl.kubernetes.io/last-applied-configuration'])
const kept =
  /istio\.io|maistra\.io|kubernetes\.io|helm\.sh|(?:gke\.io|cloud\.google\.com|oraclecloud\.com)\/load-balancer-type|^sightline\/suppress$|^(?:a8r|backstage)\.io\/|fluxcd\.io|^argocd\.argoproj\.io\/instance$|^(?:owner|team)$/

const readAnnotations = (reading: Reading, metadata: Raw): Labels => {
  const annotations = metadata['annotations']
  if (!isRaw(annotations)) return noLabels
  const meaning: Record<string, string> = {}
  let count = 0
  for (const key in annotations) {
    const value = annotations[key]
    if (typeof value !== 'string' || !kept.test(key) || dropped.has(key)) continue
    putMember(meaning, key, value)
    count += 1
  }
  return shareLabels(reading, meaning, count)
}

/** Who the object is; `reading` is moved on to it, so that later notes name it. */
export const readMeta = (reading: Reading, raw: Raw, index: number): Meta => {
  const metadata = isRaw(raw['metadata']) ? raw['metadata'] : {}
  reading.kind = typeof raw['kind'] === 'string' ? raw['kind'] : ''
  reading.namespace = typeof metadata['namespace'] === 'string' ? metadata['namespace'] : ''
  reading.name = typeof metadata['name'] === 'string' ? metadata['name'] : ''
  reading.index = index
  const created = metadata['creationTimestamp']
  const createdAt = typeof created === 'string' ? Date.parse(created) : 0
  return {
    kind: reading.kind,
    namespace: reading.namespace,
    name: reading.name,
    labels: readLabels(reading, metadata, 'labels', 'metadata'),
    annotations: readAnnotations(reading, metadata),
    createdAt: Number.isNaN(createdAt) ? 0 : createdAt,
    index,
  }
}

/** Labels and the annotations that mean something, of a pod template's metadata. */
export const readTemplateMeta = (reading: Reading, template: Raw, at: string): { labels: Labels; annotations: Labels } => {
  const metadata = readObject(reading, template, 'metadata', at)
  return { labels: readLabels(reading, metadata, 'labels', `${at}.metadata`), annotations: readAnnotations(reading, metadata) }
}

/** The controlling owner, else the first one. */
export const findOwner = (reading: Reading, raw: Raw): { kind: string; name: string } | undefined => {
  const owners = isRaw(raw['metadata']) ? raw['metadata']['ownerReferences'] : undefined
  if (!Array.isArray(owners)) return undefined
  const candidates = owners.filter(isRaw)
  const owner = candidates.find((candidate) => candidate['controller'] === true) ?? candidates[0]
  if (owner === undefined) return undefined
  const at = 'metadata.ownerReferences'
  return { kind: readText(reading, owner, 'kind', at), name: readText(reading, owner, 'name', at) }
}
