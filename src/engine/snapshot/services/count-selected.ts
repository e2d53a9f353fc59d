import type { Problem } from '../../model/app-error.js'
import { shortText } from '../../model/short-text.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { EndpointSlice } from '../../resources/kubernetes/endpoint-slice.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { visibleClustersOf } from '../build-view.js'
import type { Cluster, Snapshot } from '../snapshot.js'
import { findService } from './find-service.js'
import { selectedBy } from './selected-by.js'

/**
 * Endpoints that may be made: one for each port of a Service or ServiceEntry, and each pod that it selects or address that EndpointSlices list for it.
 *
 * They grow as the product of what is written: a few megabytes can ask for millions, each of which is kept and judged.
 */
export const mostSelected = 2_000_000

/** What one object selects. */
interface Selection {
  readonly meta: Meta
  readonly cluster: string
  readonly count: number
}

interface Selected {
  readonly count: number
  readonly most: Selection | undefined
}

/** Would more be made of the version than may be? Told before they are. */
export function tooManySelected(snapshot: Snapshot): Problem | undefined {
  const { count, most } = countSelected(snapshot)
  if (count <= mostSelected || most === undefined) return undefined
  const { kind, name, namespace } = most.meta
  const where = `\`${kind}/${name}\` in namespace \`${namespace}\` of cluster \`${most.cluster}\` alone has ${most.count}`
  const what = `its Services and ServiceEntries have more than ${mostSelected} endpoints, counting each port with each pod or address`
  return { code: 'TOO_COMPLEX', message: shortText(`${what}: ${where}`), details: {} }
}

/** Once there are too many, the rest is not counted. */
export const countSelected = remembered((snapshot: Snapshot): Selected => {
  let count = 0
  let most: Selection | undefined
  for (const selection of pausing(selectionsIn(snapshot))) {
    count += selection.count
    if (selection.count > (most?.count ?? 0)) most = selection
    if (count > mostSelected) break
  }
  return { count, most }
})

function* selectionsIn(snapshot: Snapshot): Generator<Selection> {
  for (const cluster of snapshot.clusters.values()) {
    for (const services of cluster.resources.services.values())
      for (const { meta, selector, ports } of services) yield selectionOf(meta, cluster.name, ports.length, selector, [cluster])
    for (const slices of cluster.resources.endpointSlices.values()) yield* listed(cluster, slices)
  }
  for (const controlPlane of snapshot.controlPlanes.values()) {
    const home = snapshot.clusters.get(controlPlane.configCluster ?? '')
    const selecting = [...(home?.resources.serviceEntries.values() ?? [])].flat().filter((entry) => entry.workloadSelector !== undefined)
    if (home === undefined || selecting.length === 0) continue
    const read = visibleClustersOf(snapshot, controlPlane)
    for (const { meta, workloadSelector, ports } of selecting) yield selectionOf(meta, home.name, ports.length, workloadSelector, read)
  }
}

/** What is listed beyond what is selected: as a rule slices list the very pods. */
function* listed(cluster: Cluster, slices: readonly EndpointSlice[]): Generator<Selection> {
  const [first] = slices
  if (first === undefined) return
  let count = 0
  for (const { ports, endpoints } of pausing(slices))
    for (const { addresses } of endpoints) count += addresses.length * Math.max(1, ports.length)
  const service = findService(cluster, first.meta.namespace, first.service)
  const selected = service && selectionOf(service.meta, cluster.name, service.ports.length, service.selector, [cluster])
  yield { meta: service?.meta ?? first.meta, cluster: cluster.name, count: Math.max(0, count - (selected?.count ?? 0)) }
}

function selectionOf(meta: Meta, cluster: string, ports: number, selector: Labels | undefined, among: readonly Cluster[]): Selection {
  let pods = 0
  if (selector === undefined) return { meta, cluster, count: 0 }
  for (const { resources } of pausing(among)) pods += selectedBy(resources, meta.namespace)(selector)
  return { meta, cluster, count: pods * Math.max(1, ports) }
}
