import { pause } from '../pause.js'
import { entryName } from '../manifests/header-entries.js'
import { entryMark, objectMark } from '../model/place-mark.js'
import type { Meta } from '../resources/meta.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { Cluster } from './snapshot.js'

/** Makes references to one cluster's objects, with marks that stand for their places. */
export const referencesOf =
  (cluster: string): Cluster['ref'] =>
  (meta, path) => {
    pause()
    return {
      cluster,
      kind: meta.kind,
      namespace: meta.namespace === '' ? null : meta.namespace,
      name: meta.name,
      path: path ?? null,
      source: meta.index < 0 ? null : objectMark(cluster, meta.index),
    }
  }

/** The object in a sentence: as what its user knows it, where a control plane has made another of it. */
export const titleOf = ({ kind, namespace, name, origin }: Meta): string => {
  const known = origin ?? { kind, namespace, name }
  return `${known.kind} \`${known.namespace}/${known.name}\``
}

/** A part that has a name of its own needs no position, which would be that of the normal form's sorted list and not the user's. */
const insidePart = (path: string): string | null => path.replace(/^(clusters|controlPlanes|meshes|networks)\[\d+\]\.?/, '') || null

/**
 * Reference to a part of the document's header: `kind` is the singular of its list, and `path` may begin with it, as in `controlPlanes[1].flags`
 * or `gateways[0]`. What is said of a cluster is about that cluster.
 */
export const headerRef = (kind: string, name: string, path = ''): ResourceRef => ({
  cluster: kind === 'Cluster' ? name : null,
  kind,
  namespace: null,
  name,
  path: insidePart(path),
  source: entryMark(entryName(kind, name, path)),
})

/** The same part, at a field of its own. */
export const fieldOf = (ref: ResourceRef, key: string): ResourceRef => ({
  ...ref,
  path: ref.path === null || ref.path === '' ? key : `${ref.path}.${key}`,
})
