import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import { shipsGlobalHosts } from '../../snapshot/releases.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Labels } from '../../resources/meta.js'
import type { EntryEndpoint } from '../../resources/istio/entry-endpoint.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { WorkloadEntry } from '../../resources/istio/workload-entry.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { findInstance, selectInstances } from '../../snapshot/clusters/find-instance.js'
import { localityOfEntry } from '../../snapshot/workloads/locality-of.js'
import type { Locality } from '../../snapshot/workloads/workload.js'
import { augmentLabels, localityText } from './augment-labels.js'
import { instanceEndpoint } from './instance-endpoint.js'
import { ipFamily } from '../matching/ip-family.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Endpoint } from './endpoint.js'

type EntryPort = ServiceEntry['ports'][number]

const isUnixSocket = (address: string): boolean => address.startsWith('unix://') || address.startsWith('/')

/** The label if there is one, else `istio` for an endpoint with an identity (EDS-20). */
const tlsModeOf = ({ labels, serviceAccount }: EntryEndpoint): string =>
  labels['security.istio.io/tlsMode'] ?? (serviceAccount === '' ? 'disabled' : 'istio')

/** The number that it gives to the name. */
export const findPort = ({ ports }: EntryEndpoint, name: string): number | undefined =>
  Object.hasOwn(ports, name) ? ports[name] : undefined

/** Where the endpoint listens for a port of the ServiceEntry (EDS-18). */
const entryPort = (endpoint: EntryEndpoint, port: EntryPort): number =>
  isUnixSocket(endpoint.address) ? 0 : (findPort(endpoint, port.name) ?? port.targetPort ?? port.number)

const nowhere: Locality = { region: '', zone: '', subzone: '' }

interface Written {
  readonly cluster: string
  readonly namespace: string
  readonly endpoint: EntryEndpoint
  readonly labels: Labels
  /** The network by which subsets and priorities know it, where that is not its own. */
  readonly labelledNetwork?: string
  readonly port: number
  readonly portName: string
  readonly entryPort?: number
  readonly origin: Endpoint['origin']
  readonly because: readonly ResourceRef[]
  readonly workload: Endpoint['workload']
}

/** An endpoint written by hand: its network is its own field and nothing else (EDS-21). */
function writtenEndpoint(written: Written): Endpoint {
  const { endpoint, cluster, labelledNetwork: network = endpoint.network } = written
  const locality = localityText(localityOfEntry(endpoint.locality, written.labels, nowhere))
  return {
    address: endpoint.address,
    port: written.port,
    portName: written.portName,
    ...(written.entryPort === undefined ? {} : { entryPort: written.entryPort }),
    cluster,
    network: endpoint.network,
    namespace: written.namespace,
    labels: augmentLabels(written.labels, { cluster, network, locality, nodeName: '' }),
    locality,
    weight: Math.max(1, endpoint.weight),
    serviceAccount: endpoint.serviceAccount,
    tlsMode: tlsModeOf({ ...endpoint, labels: written.labels }),
    health: written.labels['istio.io/draining'] ? 'DRAINING' : 'HEALTHY',
    nodeName: '',
    workload: written.workload,
    origin: written.origin,
    because: written.because,
  }
}

/**
 * Endpoints that the ServiceEntries of a service add: listed, selected, or the host itself for a name that the proxy resolves.
 *
 * They are filed under the control plane's config cluster (VIS-34). A selector makes the listed ones void (EDS-19).
 * An entry counts once for each of its addresses, as each makes a service of its own; of `DNS_ROUND_ROBIN` one endpoint a port is all that is
 * allowed, the oldest entry's. Rules EDS-15 … EDS-22.
 */
export function serviceEntryEndpoints(view: ControlPlaneView, service: MeshService): readonly Endpoint[] {
  const [entry, another] = service.entries
  if (entry === undefined) return none
  // Of a single port and address the list is one for all hosts of the entry: there may be as many of these as there are endpoints.
  if (another === undefined && entry.ports.length === 1 && entry.addresses.length < 2 && entry.resolution !== 'DNS_ROUND_ROBIN')
    return endpointsOfPort(view, service.hostname, entry, entry.ports[0] as EntryPort)
  return unionOfEntries(view, service.entries, service.hostname)
}

const none: readonly Endpoint[] = []

/** Of one port: there may be as many addresses as endpoints, and a proxy chooses among the same ones however often each of them stands there. */
const mostEndpoints = 100_000

/** All records of the entries have it in common. */
const unionOfEntries = remembered((view: ControlPlaneView, entries: readonly ServiceEntry[], hostname: string): readonly Endpoint[] => {
  const taken = new Set<number>()
  const endpoints: Endpoint[] = []
  for (const entry of entries) {
    for (const port of entry.ports) {
      const ofPort = endpointsOfPort(view, hostname, entry, port)
      const once = entry.resolution === 'DNS_ROUND_ROBIN' ? ofPort.slice(0, taken.has(port.number) ? 0 : 1) : ofPort
      if (once.length > 0) taken.add(port.number)
      const most = Math.max(1, Math.floor(mostEndpoints / Math.max(1, once.length)))
      const times = entry.resolution === 'DNS_ROUND_ROBIN' ? 1 : Math.min(most, Math.max(1, entry.addresses.length))
      for (let nth = 0; nth < times; nth += 1) for (const endpoint of pausing(once)) endpoints.push(endpoint)
    }
  }
  return endpoints
})

function endpointsOfPort(view: ControlPlaneView, hostname: string, entry: ServiceEntry, port: EntryPort): readonly Endpoint[] {
  if (entry.workloadSelector !== undefined) return selectedEndpoints(view, entry, port)
  const byName = entry.resolution === 'DNS' || entry.resolution === 'DNS_ROUND_ROBIN'
  if (entry.endpoints.length === 0 && byName) {
    const endpoint = { ...hostItself, address: hostname }
    const because = [view.ref(entry.meta, 'spec.hosts')]
    const written = writtenEndpoint({ ...commonOf(view, entry, port), endpoint, labels: {}, port: port.targetPort ?? port.number, because })
    // Nothing is known of the host, so that no subset holds it, not even one by cluster.
    return [{ ...written, labels: {} }]
  }
  const listed = listedEndpoints(view, entry, port)
  return shipsGlobalHosts(view.controlPlane) ? listed.map((endpoint) => withShippedTls(hostname, endpoint)) : listed
}

const commonOf = (view: ControlPlaneView, { meta: { namespace } }: ServiceEntry, port: EntryPort) => ({
  cluster: view.configCluster?.name ?? '',
  namespace,
  portName: port.name,
  entryPort: port.number,
  origin: 'SERVICE_ENTRY' as const,
  workload: undefined,
})

/** The same for all hosts of the entry. */
const listedEndpoints = remembered((view: ControlPlaneView, entry: ServiceEntry, port: EntryPort): readonly Endpoint[] =>
  entry.endpoints.map((endpoint, index) =>
    writtenEndpoint({
      ...commonOf(view, entry, port),
      endpoint,
      labels: endpoint.labels,
      port: entryPort(endpoint, port),
      because: [view.ref(entry.meta, `spec.endpoints[${index}]`)],
    }),
  ),
)

const hostItself: EntryEndpoint = { address: '', ports: {}, labels: {}, network: '', locality: '', weight: 1, serviceAccount: '' }

/** Releases before 1.8 shipped a rule that sends Istio mutual TLS to every `*.global` host (DNS-30). */
const withShippedTls = (hostname: string, endpoint: Endpoint): Endpoint =>
  hostname.endsWith('.global') ? { ...endpoint, tlsMode: 'istio' } : endpoint

/** Ready pods and WorkloadEntries of the entry's namespace (EDS-19). */
const selectedEndpoints = remembered((view: ControlPlaneView, entry: ServiceEntry, port: EntryPort): readonly Endpoint[] => {
  const { workloadSelector: selector = {} } = entry
  const { namespace } = entry.meta
  const byName = entry.resolution === 'DNS' || entry.resolution === 'DNS_ROUND_ROBIN'
  return view.clusters.flatMap((cluster) => {
    if (!view.selects(cluster.name, namespace)) return []
    const pods = selectInstances(cluster, namespace, selector).filter(
      (workload) => workload.meta.kind !== 'WorkloadEntry' && workload.ready,
    )
    const fromPods = pods.map((workload) =>
      instanceEndpoint(workload, view.networkOf, {
        port: workload.containerPorts.find((declared) => declared.name === port.name)?.number ?? port.targetPort ?? port.number,
        portName: port.name,
        entryPort: port.number,
        health: workload.labels['istio.io/draining'] ? 'DRAINING' : 'HEALTHY',
        origin: 'SERVICE_ENTRY',
        because: [view.ref(entry.meta, 'spec.workloadSelector'), workload.ref],
      }),
    )
    const fromEntries = workloadEntries(cluster, namespace, selector).flatMap((chosen) => {
      const { endpoint } = chosen
      if (!byName && ipFamily(endpoint.address) === undefined && endpoint.address !== '') return []
      const because = [view.ref(entry.meta, 'spec.workloadSelector'), cluster.ref(chosen.meta)]
      return [{ ...workloadEntryEndpoint(view, cluster, chosen, entryPort(endpoint, port), port.name, because), entryPort: port.number }]
    })
    return [...fromPods, ...fromEntries]
  })
})

const workloadEntries = (cluster: Cluster, namespace: string, selector: Labels): readonly WorkloadEntry[] =>
  (cluster.resources.workloadEntries.get(namespace) ?? []).filter(
    (entry) => entry.healthy !== false && selectorMatches(selector, labelsOf(entry)),
  )

/** A WorkloadEntry is selected by the labels of its spec; those of the object stand in where the spec has none. */
const labelsOf = ({ endpoint, meta }: WorkloadEntry): Labels => (Object.keys(endpoint.labels).length > 0 ? endpoint.labels : meta.labels)

/** Another cluster's registry labels it with the network that it has there, though it is dialled as it is written (EDS-21, NET-1). */
function labelledNetwork(
  view: ControlPlaneView,
  cluster: Cluster,
  { endpoint: { network, address } }: WorkloadEntry,
  labels: Labels,
): string {
  if (network !== '' || cluster === view.configCluster) return network
  return view.networkOf(cluster.name, address === '' ? undefined : address, labels['topology.istio.io/network'] ?? '')
}

function workloadEntryEndpoint(
  view: ControlPlaneView,
  cluster: Cluster,
  entry: WorkloadEntry,
  port: number,
  portName: string,
  because: readonly ResourceRef[],
): Endpoint {
  const labels = labelsOf(entry)
  return writtenEndpoint({
    cluster: cluster.name,
    namespace: entry.meta.namespace,
    endpoint: entry.endpoint,
    labels,
    labelledNetwork: labelledNetwork(view, cluster, entry, labels),
    port,
    portName,
    origin: 'WORKLOAD_ENTRY',
    because,
    workload: findInstance(cluster, entry.meta.namespace, 'WorkloadEntry', entry.meta.name),
  })
}

/**
 * WorkloadEntries behind a Kubernetes Service: of its namespace and of the very cluster that holds the Service, with labels and no name for an address.
 *
 * One without address stands for what is behind the gateways of its network. A named target port must be among the entry's ports; a number may be
 * overridden by the Service port's name. Rules EDS-12, EDS-23, EDS-29.
 */
export function entriesBehindService(view: ControlPlaneView, cluster: Cluster, service: Service): Endpoint[] {
  const { selector } = service
  if (selector === undefined || service.headless || Object.keys(selector).length === 0) return []
  return workloadEntries(cluster, service.meta.namespace, selector).flatMap((entry) => {
    const { address, labels } = entry.endpoint
    if ((address !== '' && ipFamily(address) === undefined) || Object.keys(labels).length === 0) return []
    return service.ports.flatMap((port) => {
      const { targetPort } = port
      const number =
        typeof targetPort === 'number' ? (findPort(entry.endpoint, port.name) ?? targetPort) : findPort(entry.endpoint, targetPort)
      if (number === undefined) return []
      const because = [cluster.ref(service.meta, 'spec.selector'), cluster.ref(entry.meta)]
      return [workloadEntryEndpoint(view, cluster, entry, number, port.name, because)]
    })
  })
}
