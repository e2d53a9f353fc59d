/** What two primaries of a mesh have in common: services and workloads that run in the clusters of both. */
import { remembered } from '../../remembered.js'
import type { Labels } from '../../resources/meta.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { type Configuration, configurationsOf } from '../configurations.js'
import { consumersOf } from '../consumers.js'

/** Control planes that read one cluster's objects, and one of them that speaks for all. */
export interface Primary {
  readonly configuration: Configuration
  readonly view: ControlPlaneView
}

/** The primaries of each mesh that has several, which read different clusters. */
export const primariesOf = remembered((snapshot: Snapshot): readonly (readonly Primary[])[] => {
  const byMesh = new Map<string, Primary[]>()
  for (const configuration of configurationsOf(snapshot)) {
    const [view] = configuration.views
    const mesh = view?.controlPlane.mesh
    if (view === undefined || mesh === undefined) continue
    const known = byMesh.get(mesh)
    if (known === undefined) byMesh.set(mesh, [{ configuration, view }])
    else known.push({ configuration, view })
  }
  return [...byMesh.values()].filter(({ length }) => length > 1)
})

export const hasSidecars = (view: ControlPlaneView): boolean => consumersOf(view).some(({ atGateway }) => !atGateway)

/** Does the service have instances in the clusters of both? */
export function runsInBoth(host: string, view: ControlPlaneView, other: ControlPlaneView): boolean {
  const [service] = view.servicesByHost(host)
  const clusters = [view.configCluster, other.configCluster]
  return clusters.every((cluster) => {
    const selector = service?.definitions.find((definition) => definition.cluster === cluster?.name)?.service.selector
    return (
      service !== undefined &&
      selector !== undefined &&
      cluster?.workloads(service.namespace).some(({ labels }) => selectorMatches(selector, labels)) === true
    )
  })
}

/** Workloads of the namespace that the control plane configures, one of each labels. */
const proxiesOf = remembered((view: ControlPlaneView, namespace: string): readonly Workload[] => [
  ...new Map(
    view.clusters
      .flatMap((cluster) => cluster.workloads(namespace))
      .filter(({ controlPlane }) => controlPlane === view.controlPlane.name)
      .map((workload) => [workload.labels, workload]),
  ).values(),
])

/** A workload of the namespace that runs under both, as the other one has it; `selects` holds of it, of its labels here and there. */
export function workloadInBoth(
  view: ControlPlaneView,
  other: ControlPlaneView,
  namespace: string,
  selects: (labels: Labels) => boolean,
): Workload | undefined {
  const here = new Set(
    proxiesOf(view, namespace)
      .filter(({ labels }) => selects(labels))
      .map(({ owner }) => owner.name),
  )
  return proxiesOf(other, namespace).find(({ labels, owner }) => here.has(owner.name) && selects(labels))
}
