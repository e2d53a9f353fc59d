import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { EndpointSlice, SliceEndpoint } from '../../resources/kubernetes/endpoint-slice.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { findInstance } from '../../snapshot/clusters/find-instance.js'
import { augmentLabels } from './augment-labels.js'
import { instanceEndpoint, type NetworkOf } from './instance-endpoint.js'
import type { Endpoint } from './endpoint.js'
import type { Labels } from '../../resources/meta.js'

const usable = (slice: EndpointSlice): boolean => !slice.imported && slice.addressType !== 'FQDN'

/**
 * Endpoints that a cluster's EndpointSlices give a service, for all of its port names.
 *
 * Slices of names and Multi-Cluster Services imports are ignored; an address that points to a pod which is not known is withheld; one IP counts once
 * for a port name, and a pod with addresses of both families once. Rules EDS-5 … EDS-8, EDS-30.
 */
export function sliceEndpoints(
  cluster: Cluster,
  namespace: string,
  name: string,
  service: Service | undefined,
  networkOf: NetworkOf,
): Endpoint[] {
  const slices = (cluster.resources.endpointSlices.get(`${namespace}/${name}`) ?? []).filter(usable)
  const persistentSession = Boolean(service?.meta.labels['istio.io/persistent-session'])
  const seen = new Map<string, Set<Workload | string>>()
  const found: Endpoint[] = []
  for (const slice of slices) {
    const because = [cluster.ref(slice.meta, 'endpoints')]
    for (const given of slice.endpoints) {
      for (const address of given.addresses) {
        pause()
        const workload = given.pod === undefined ? cluster.workloadByIp(address) : findInstance(cluster, namespace, 'Pod', given.pod)
        if (given.pod !== undefined && workload === undefined) continue
        for (const port of slice.ports) {
          if (!isFirst(seen, port.name, workload ?? address)) continue
          found.push(endpointAt({ cluster, namespace, given, address, port, workload, persistentSession, because }, networkOf))
        }
      }
    }
  }
  return found
}

/** Under this name of a port; remembers it. */
function isFirst(seen: Map<string, Set<Workload | string>>, port: string, who: Workload | string): boolean {
  const listed = seen.get(port) ?? new Set()
  if (listed.has(who)) return false
  seen.set(port, listed.add(who))
  return true
}

interface SliceAddress {
  readonly cluster: Cluster
  readonly namespace: string
  readonly given: SliceEndpoint
  readonly address: string
  readonly port: EndpointSlice['ports'][number]
  readonly workload: Workload | undefined
  readonly persistentSession: boolean
  readonly because: readonly ResourceRef[]
}

function endpointAt(found: SliceAddress, networkOf: NetworkOf): Endpoint {
  const { cluster, given, address, port, workload, because } = found
  const health = sliceHealth(given, workload?.labels ?? {}, found.persistentSession)
  const rest = { address, port: port.number, portName: port.name, health, origin: 'SLICE' as const, because }
  if (workload !== undefined) return instanceEndpoint(workload, networkOf, rest)
  // Nothing is known of the address: Istio takes it as naked (EDS-6).
  const network = networkOf(cluster.name, address, '')
  const nodeName = given.nodeName ?? ''
  return {
    ...rest,
    cluster: cluster.name,
    network,
    namespace: found.namespace,
    labels: augmentLabels({}, { cluster: cluster.name, network, locality: '', nodeName }),
    locality: '',
    weight: 1,
    serviceAccount: '',
    tlsMode: 'disabled',
    nodeName,
    workload: undefined,
  }
}

/**
 * Health of an address of an EndpointSlice.
 *
 * `ready` absent counts as true, and so do `terminating` and `serving`: a hand-written `ready: false` alone means terminating. A pod labelled
 * for draining is draining whatever its slice says. Rule EDS-8.
 */
export function sliceHealth(endpoint: SliceEndpoint, labels: Labels, persistentSession: boolean): Endpoint['health'] {
  if (labels['istio.io/draining']) return 'DRAINING'
  if (endpoint.ready !== false) return 'HEALTHY'
  if (endpoint.terminating === false) return 'UNHEALTHY'
  return persistentSession && endpoint.serving !== false ? 'DRAINING' : 'TERMINATING'
}
