import type { Places } from '../manifests/ingested.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { Cluster } from './snapshot.js'

/** Makes references to one cluster's objects, with file and line where the document told them. */
export const referencesOf =
  (cluster: string, places: Places | undefined): Cluster['ref'] =>
  (meta, path) => {
    const place = places?.objects[meta.index]
    const file = place === undefined ? undefined : places?.files[place[0]]
    return {
      cluster,
      kind: meta.kind,
      namespace: meta.namespace === '' ? null : meta.namespace,
      name: meta.name,
      path: path ?? null,
      source: place === undefined ? null : { file: file ?? null, line: place[1] > 0 ? place[1] : null },
    }
  }

/** Reference to a part of the document's header, such as `controlPlanes[1]`. */
export const headerRef = (kind: string, name: string, path: string): ResourceRef => ({
  cluster: null,
  kind,
  namespace: null,
  name,
  path,
  source: null,
})
