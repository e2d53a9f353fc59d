/**
 * Which endpoints does a control plane hold for a service?
 *
 * The union over every cluster it reads, matched by the port NAME of the merged definition, plus what ServiceEntries add; control planes
 * do not tell each other. Rules EDS-1 … EDS-12, EDS-22, VIS-8.
 */
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { findService } from '../../snapshot/services/find-service.js'
import { entriesBehindService, serviceEntryEndpoints } from './entry-endpoints.js'
import type { NetworkOf } from './instance-endpoint.js'
import { sliceEndpoints } from './slice-endpoints.js'
import type { Endpoint } from './endpoint.js'
import { mustSynthesise, synthesisedEndpoints } from './synthesised-endpoints.js'
import { pause } from '../../pause.js'
import { groupBy } from '../../group-by.js'
import { remembered } from '../../remembered.js'

interface Held {
  readonly all: readonly Endpoint[]
  readonly byPortName: ReadonlyMap<string, readonly Endpoint[]>
}

const none: readonly Endpoint[] = []

const heldBy = remembered((view: ControlPlaneView, service: MeshService): Held => {
  const registered = registeredOf(view, service)
  const own = registered === undefined ? none : kubernetesEndpoints(view, registered)
  const added = serviceEntryEndpoints(view, service)
  const all = own.length === 0 ? added : added.length === 0 ? own : joined(own, added)
  return heldIn(all)
})

/** What services have in common they have filed once: nothing, as a rule, where only a registry is described. */
const heldIn = remembered((all: readonly Endpoint[]): Held => ({ all, byPortName: groupBy(all, ({ portName }) => portName) }))

/** One list for all records of a host: there may be as many of these as there are endpoints. */
const joined = remembered((own: readonly Endpoint[], added: readonly Endpoint[]): readonly Endpoint[] => [...own, ...added])

/** The Kubernetes Service of one hostname and namespace with the record, which share their endpoints, whoever sees which of them (EDS-22). */
const registeredOf = (view: ControlPlaneView, service: MeshService): MeshService | undefined =>
  service.registry === 'KUBERNETES'
    ? service
    : view.servicesByHost(service.hostname).find(({ registry, namespace }) => registry === 'KUBERNETES' && namespace === service.namespace)

/** By name and namespace in every visible cluster; hand-written slices count where the Service itself is missing (EDS-4). */
const kubernetesEndpoints = remembered((view: ControlPlaneView, service: MeshService): readonly Endpoint[] => {
  const { hostname, namespace, definitions } = service
  const name = definitions[0]?.service.meta.name ?? hostname.slice(0, hostname.indexOf('.'))
  const lists = view.clusters.map((cluster): readonly Endpoint[] => {
    if (!view.selects(cluster.name, namespace)) return none
    const service = findService(cluster, namespace, name)
    const entries = service === undefined ? [] : entriesBehindService(view, cluster, service)
    // The slices of a Service that is exported to nobody are not handed on, though a VirtualService may still lead to it (VIS-2).
    const slices = service?.exportTo?.includes('~') === true ? none : sharedEndpoints(cluster, namespace, name, view.networkOf)
    return entries.length === 0 ? slices : [...slices, ...entries]
  })
  const [first = none, ...others] = lists.filter(({ length }) => length > 0)
  return others.length === 0 ? first : [first, ...others].flat()
})

/** Is every endpoint in the same network for this observer too? All else of an instance's endpoint is the same for everybody. */
const isSameFor = (endpoints: readonly Endpoint[], networkOf: NetworkOf): boolean =>
  endpoints.every(
    ({ workload, address, network }) =>
      workload !== undefined && networkOf(workload.cluster, address === '' ? undefined : address, workload.networkLabel) === network,
  )

/** The lists of a cluster by `namespace/name`, as the first control plane that asked had them. */
const listsOf = remembered((_cluster: Cluster) => new Map<string, readonly Endpoint[]>())

/** One list for all control planes that agree on the networks: in a large mesh the endpoints are most of what is kept. */
function sharedEndpoints(cluster: Cluster, namespace: string, name: string, networkOf: NetworkOf): readonly Endpoint[] {
  const lists = listsOf(cluster)
  const key = `${namespace}/${name}`
  const known = lists.get(key)
  if (known !== undefined && isSameFor(known, networkOf)) return known
  const endpoints = podEndpoints(cluster, namespace, name, networkOf)
  if (endpoints.length === 0) return none
  if (known === undefined) lists.set(key, endpoints)
  return endpoints
}

/** Endpoints of one cluster's Service as its API server shows them, or would. */
function podEndpoints(cluster: Cluster, namespace: string, name: string, networkOf: NetworkOf): readonly Endpoint[] {
  const service = findService(cluster, namespace, name)
  if (cluster.resources.endpointSlices.has(`${namespace}/${name}`)) return sliceEndpoints(cluster, namespace, name, service, networkOf)
  return service !== undefined && mustSynthesise(cluster, namespace, name) ? synthesisedEndpoints(cluster, service, networkOf) : none
}

const ownNetwork: NetworkOf = (_cluster, _address, label) => label

/** What kube-proxy and the cluster's own DNS know of a Service: its endpoints with no control plane looking. */
export const clusterEndpoints = remembered((cluster: Cluster, namespace: string, name: string) =>
  podEndpoints(cluster, namespace, name, ownNetwork),
)

/** Every endpoint of the service's port that this control plane holds, healthy or not, before any proxy's filters. */
export function endpointsOf(view: ControlPlaneView, service: MeshService, port: MeshPort): readonly Endpoint[] {
  return heldBy(view, service).byPortName.get(port.name) ?? none
}

/**
 * Endpoints of a service's port as upstream clusters of names, headless services and the test of all endpoints find them: by the port's number.
 *
 * What a ServiceEntry made is under its port's number, all else under the number that a record gives to its port's name; of several records of
 * one hostname and namespace the youngest one's endpoints replace the others' (VIS-10, EDS-22).
 */
export const endpointsByNumber = (view: ControlPlaneView, service: MeshService, port: number): readonly Endpoint[] =>
  youngestOfNumber(view, heldBy(view, service).all, service.hostname, service.namespace, port)

/** The same for all records of the host. */
const youngestOfNumber = remembered(
  (view: ControlPlaneView, all: readonly Endpoint[], hostname: string, namespace: string, port: number): readonly Endpoint[] => {
    for (const { ports } of youngestFirst(view, hostname, namespace)) {
      pause()
      const declared = ports.find(({ number }) => number === port)
      if (declared === undefined) continue
      const mine = endpointsAt(all, declared)
      if (mine.length > 0) return mine
    }
    return none
  },
)

/** Those of entries by number, all others by name. */
function endpointsAt(all: readonly Endpoint[], { number, name }: MeshPort): readonly Endpoint[] {
  const ofEntries = byEntryPort(all).get(number) ?? none
  const others = (heldIn(all).byPortName.get(name) ?? none).filter(({ entryPort }) => entryPort === undefined)
  if (ofEntries.length === 0 || others.length === 0) return ofEntries.length === 0 ? others : ofEntries
  return all.filter(({ entryPort, portName }) => (entryPort === undefined ? portName === name : entryPort === number))
}

const byEntryPort = remembered((all: readonly Endpoint[]) => groupBy(all, ({ entryPort }) => entryPort))

const youngestFirst = remembered((view: ControlPlaneView, hostname: string, namespace: string): readonly MeshService[] =>
  view
    .servicesByHost(hostname)
    .filter((record) => record.namespace === namespace)
    .sort((a, b) => a.createdAt - b.createdAt)
    .reverse(),
)

/** By number where the proxy resolves names, else by name (VIS-9, VIS-10). */
export const endpointsOfCluster = (view: ControlPlaneView, service: MeshService, port: MeshPort): readonly Endpoint[] =>
  service.resolution === 'DNS' || service.resolution === 'DNS_ROUND_ROBIN'
    ? endpointsByNumber(view, service, port.number)
    : endpointsOf(view, service, port)

/** Endpoints under other port names in clusters that have none under this one: they do not match (VIS-9, EDS-26.1). */
export function mismatchedEndpoints(view: ControlPlaneView, service: MeshService, port: MeshPort): readonly Endpoint[] {
  const undeclared = undeclaredEndpoints(view, service)
  if (undeclared.length === 0) return none
  const clusters = new Set(endpointsOf(view, service, port).map((endpoint) => endpoint.cluster))
  return undeclared.filter(({ cluster }) => !clusters.has(cluster))
}

/** Under names that no port of the record has. */
const undeclaredEndpoints = remembered((view: ControlPlaneView, service: MeshService): readonly Endpoint[] => {
  const declared = new Set(service.ports.map(({ name }) => name))
  const { all, byPortName } = heldBy(view, service)
  return [...byPortName.keys()].every((name) => declared.has(name)) ? none : all.filter(({ portName }) => !declared.has(portName))
})
