import type { RouteDestination, VirtualService } from '../../resources/istio/virtual-service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { PlacedRoute } from '../virtual-services/place-routes.js'
import { isFor } from '../../snapshot/services/audience.js'
import { domainSuffix, qualify } from '../matching/hosts.js'
import type { EgressListener } from './egress-listeners.js'
import { type Consumer, foremost } from './import-explicitly.js'
import type { Import } from './gather-service.js'
import { virtualServicesOf } from '../virtual-services/virtual-service-index.js'

/** A host that VirtualServices name as destination: which ports, and which objects. */
interface NamedDestination {
  /** Empty set never occurs; 0 stands for a destination without port: all of them. */
  readonly ports: Set<number>
  readonly by: VirtualService[]
}

const onlyFromElsewhere = ({ route }: PlacedRoute, namespace: string): boolean =>
  route.match.length > 0 && route.match.every((match) => match.sourceNamespace !== undefined && match.sourceNamespace !== namespace)

/** Destinations of the VirtualServices in a proxy's scope (VIS-21). */
export function namedDestinations(
  view: ControlPlaneView,
  list: readonly VirtualService[],
  consumer: string,
): ReadonlyMap<string, NamedDestination> {
  const suffix = domainSuffix(view)
  const found = new Map<string, NamedDestination>()
  for (const item of list) {
    const http = virtualServicesOf(view)
      .routesOf(item)
      .filter((placed) => !onlyFromElsewhere(placed, consumer))
    // A delegate's short names belong to the delegate's own namespace.
    const placed = http.flatMap(({ route, owner }) => [...route.route, ...route.mirrors].map((to) => ({ to, home: owner.namespace })))
    const connections = [...item.tls, ...item.tcp].flatMap(({ route }) => route.map((to) => ({ to, home: item.meta.namespace })))
    for (const { to, home } of [...placed, ...connections]) note(found, to, qualify(to.host, home, suffix), item)
  }
  return found
}

function note(found: Map<string, NamedDestination>, destination: RouteDestination, host: string, by: VirtualService): void {
  const known = found.get(host) ?? { ports: new Set<number>(), by: [] }
  known.ports.add(destination.port ?? 0)
  if (known.by.at(-1) !== by) known.by.push(by)
  found.set(host, known)
}

/**
 * The service that a named destination brings into scope: the consumer's own, unchecked, else the best exported one (VIS-3, VIS-21).
 *
 * Through a listener with a port only that port comes in (VIS-20), else those that the destination names.
 */
export function importImplicitly(
  { view, namespace: consumer }: Consumer,
  { port: only }: EgressListener,
  host: string,
  named: NamedDestination | undefined,
): Import | undefined {
  if (named === undefined) return undefined
  const records = foremost(view.servicesByHost(host))
  const exported = records.filter((record) => isFor(record.exportTo, consumer)).sort(kubernetesThenOldest)
  const record = records.find(({ namespace }) => namespace === consumer) ?? exported[0]
  if (record === undefined) return undefined
  const all = record.ports.map(({ number }) => number)
  const wanted = (port: number): boolean => (only === undefined ? named.ports.has(0) || named.ports.has(port) : port === only)
  const ports = all.filter(wanted)
  if (ports.length === 0) return undefined
  return { record, ports, because: named.by.map((item) => view.ref(item.meta)), listened: undefined, uncut: false }
}

const kubernetesThenOldest = (one: MeshService, other: MeshService): number =>
  rank(one) - rank(other) || one.createdAt - other.createdAt || (one.namespace < other.namespace ? -1 : 1)

const rank = (service: MeshService): number => (service.registry === 'KUBERNETES' ? 0 : 1)
