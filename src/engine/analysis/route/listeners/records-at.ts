import { flatMap } from '../../../flat-map.js'
import { pausing } from '../../../pause.js'
import { remembered } from '../../../remembered.js'
import { type EgressListener, everyAddress } from '../../../istiod/scope/egress-listeners.js'
import { endpointsByNumber } from '../../../istiod/endpoints/endpoints-of.js'
import type { ListenedRecord, ProxyScope } from '../../../istiod/scope/proxy-scope.js'
import { selectorMatches } from '../../../snapshot/selector-index.js'
import type { MeshService } from '../../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../../snapshot/snapshot.js'
import { domainSuffix } from '../../../istiod/matching/hosts.js'
import { listensForConnections, type Listening } from './heard-at.js'

/** An address, or every address, and the port there. */
export interface Place {
  readonly place: string
  readonly number: number
  readonly meant: readonly MeshService[]
}

/**
 * Records that an egress listener may listen for at the port of the place, an address or every address: few, of the many that a large mesh has. `meant`:
 * those that are asked for, whose addresses may be nobody's yet.
 */
export function recordsAt(
  scope: ProxyScope,
  { cluster }: Pick<Listening, 'cluster'>,
  listener: EgressListener,
  { place, number, meant }: Place,
): readonly ListenedRecord[] {
  if (listener.bind !== '') return listener.bind === place ? importedBy(scope, listener) : []
  if (place === everyAddress) return withoutAddress(scope, listener, number)
  const records = [
    ...scope.view.servicesByAddress(cluster, place),
    ...selecting(scope.view, place),
    ...(keepingAddresses(scope.view).get(place) ?? []),
    ...meant,
  ]
  return flatMap([...new Set(records)], (record) => listenedBy(scope, listener, record))
}

const listenedBy = (scope: ProxyScope, listener: EgressListener, record: MeshService): readonly ListenedRecord[] =>
  (scope.services.get(record.hostname)?.listening ?? []).filter((one) => one.record === record && one.listener === listener)

const importedBy = remembered((scope: ProxyScope, listener: EgressListener): readonly ListenedRecord[] =>
  flatMap([...scope.services.values()], ({ listening }) => listening.filter((one) => one.listener === listener)),
)

const withoutAddress = (scope: ProxyScope, listener: EgressListener, number: number): readonly ListenedRecord[] =>
  flatMap(withPort(scope.view, listener.routedPort !== undefined).get(number) ?? [], (record) => listenedBy(scope, listener, record))

/**
 * ServiceEntries, and Services without an address where a listener with a port does not look for their pods, by the ports at which connections to them
 * are listened for: each namespace of a large mesh asks.
 */
const withPort = remembered(({ services }: ControlPlaneView, routed: boolean): ReadonlyMap<number, readonly MeshService[]> => {
  const found = new Map<number, MeshService[]>()
  for (const record of pausing(services)) {
    if (record.registry !== 'SERVICE_ENTRY' && !(record.headless && routed)) continue
    // A listener with a port says itself how it is read.
    for (const number of new Set(flatMap(record.ports, (port) => (routed || listensForConnections(port) ? port.number : [])))) {
      const known = found.get(number)
      if (known === undefined) found.set(number, [record])
      else known.push(record)
    }
  }
  return found
})

/** Headless Services that select the instance with this address, in whichever visible cluster it runs (EDS-14). */
function selecting(view: ControlPlaneView, address: string): readonly MeshService[] {
  return flatMap(view.clusters, (cluster) => {
    const instance = cluster.workloadByIp(address)
    if (instance === undefined) return []
    const services = (cluster.resources.services.get(instance.namespace) ?? []).filter(
      ({ headless, selector }) => headless && selector !== undefined && selectorMatches(selector, instance.labels),
    )
    return flatMap(services, ({ meta }) => named(view, meta.name, meta.namespace))
  })
}

const named = (view: ControlPlaneView, name: string, namespace: string): readonly MeshService[] =>
  view.servicesByHost(`${name}.${namespace}.svc.${domainSuffix(view)}`).filter(({ headless }) => headless)

/** Those that are listened for where their endpoints are, though these may be nobody's pods, by the addresses of these. */
const keepingAddresses = remembered((view: ControlPlaneView): ReadonlyMap<string, ReadonlySet<MeshService>> => {
  const lists = new Map<string, Set<MeshService>>()
  const keeping = view.services.filter(({ headless, resolution, entry, entries }) =>
    headless ? entries.length > 0 : resolution === 'PASSTHROUGH' && entry !== undefined,
  )
  for (const record of keeping) {
    for (const { number } of record.ports) {
      for (const { address } of endpointsByNumber(view, record, number)) {
        const known = lists.get(address)
        if (known === undefined) lists.set(address, new Set([record]))
        else known.add(record)
      }
    }
  }
  return lists
})
