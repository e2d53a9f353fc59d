import { isRecord } from './raw-object.js'
import type { ReadBody } from './read-body.js'

/** Is this a topology document, or meant to be one? Others have kinds of that name, so the group decides where one is stated. */
export const isTopology = (value: unknown): boolean => {
  if (!isRecord(value)) return false
  const { apiVersion, kind, clusters } = value
  if (typeof apiVersion === 'string') return apiVersion.startsWith('sightline/')
  return kind === 'Topology' || Array.isArray(clusters)
}

/** Is this an object of Kubernetes, or a list of them, or meant to be one? */
export const isManifest = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0 && value.every(isManifest)
  return isRecord(value) && !isTopology(value) && ('kind' in value || 'apiVersion' in value)
}

/** Is this body a stream of objects, and not a document that states more? One broken object among others does not make it another thing. */
export const holdsObjects = ({ documents }: ReadBody): boolean =>
  documents.some(({ value }) => isManifest(value)) && !documents.some(({ value }) => isTopology(value))
