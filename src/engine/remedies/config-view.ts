import type { ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'

/** A control plane with the cluster that it reads its Istio objects from: where an object for it is put. */
export interface ConfigView {
  readonly view: ControlPlaneView
  readonly cluster: string
}

/** The control plane that reads its Istio objects from this cluster. */
export const configViewOf = (snapshot: Snapshot, cluster: string | null | undefined): ConfigView | undefined => {
  const plane = [...snapshot.controlPlanes.values()].find(({ configCluster }) => configCluster !== undefined && configCluster === cluster)
  return plane === undefined || typeof cluster !== 'string' ? undefined : { view: snapshot.view(plane.name), cluster }
}
