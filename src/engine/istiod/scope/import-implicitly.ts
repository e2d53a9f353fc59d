import type { RouteDestination, VirtualService } from '../../resources/istio/virtual-service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { PlacedRoute } from '../virtual-services/place-routes.js'
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import { isFor } from '../../snapshot/services/audience.js'
import { domainSuffix, qualify } from '../matching/hosts.js'
import type { EgressListener } from './egress-listeners.js'
import { type Consumer, foremost } from './import-explicitly.js'
import type { Import } from './gather-service.js'
import { virtualServicesOf } from '../virtual-services/virtual-service-index.js'

/** That a VirtualService names a host as destination. */
interface Naming {
  /** 0: of a destination without port, which means all of them. */
  readonly port: number
  readonly by: VirtualService
  /** The only namespaces for whose requests it does; undefined: for all. */
  readonly only: readonly string[] | undefined
}

const sourcesOf = ({ route: { match } }: PlacedRoute): readonly string[] | undefined => {
  const namespaces = match.flatMap(({ sourceNamespace }) => sourceNamespace ?? [])
  return match.length > 0 && namespaces.length === match.length ? namespaces : undefined
}

/** Destinations of VirtualServices that proxies share, by host (VIS-21). */
export const namedDestinations = remembered(
  (view: ControlPlaneView, list: readonly VirtualService[]): ReadonlyMap<string, readonly Naming[]> => {
    const suffix = domainSuffix(view)
    const found = new Map<string, Naming[]>()
    for (const item of list) {
      pause()
      const noted = new Set<string>()
      const note = ({ host, port = 0 }: RouteDestination, home: string, only?: readonly string[]): void => {
        const name = qualify(host, home, suffix)
        const key = `${name} ${port}`
        if (only === undefined && noted.has(key)) return
        if (only === undefined) noted.add(key)
        const known = found.get(name)
        if (known === undefined) found.set(name, [{ port, by: item, only }])
        else known.push({ port, by: item, only })
      }
      for (const placed of virtualServicesOf(view).routesOf(item)) {
        const only = sourcesOf(placed)
        // A delegate's short names belong to the delegate's own namespace.
        for (const to of [...placed.route.route, ...placed.route.mirrors]) note(to, placed.owner.namespace, only)
      }
      for (const { route } of [...item.tls, ...item.tcp]) for (const to of route) note(to, item.meta.namespace)
    }
    return found
  },
)

/**
 * The service that a named destination brings into scope: the consumer's own, unchecked, else the best exported one (VIS-3, VIS-21).
 *
 * Through a listener with a port only that port comes in (VIS-20), else those that the destination names.
 */
export function importImplicitly(
  { view, namespace: consumer }: Consumer,
  { port: only }: EgressListener,
  host: string,
  named: readonly Naming[] | undefined,
): Import | undefined {
  const heard = named?.filter(({ only: sources }) => sources === undefined || sources.includes(consumer)) ?? []
  if (heard.length === 0) return undefined
  const records = foremost(view.servicesByHost(host))
  const exported = records.filter((record) => isFor(record.exportTo, consumer)).sort(kubernetesThenOldest)
  const record = records.find(({ namespace }) => namespace === consumer) ?? exported[0]
  if (record === undefined) return undefined
  const all = record.ports.map(({ number }) => number)
  const asked = new Set(heard.map((one) => one.port))
  const wanted = (port: number): boolean => (only === undefined ? asked.has(0) || asked.has(port) : port === only)
  const ports = all.filter(wanted)
  if (ports.length === 0) return undefined
  return {
    record,
    ports,
    because: [...new Set(heard.map(({ by }) => by))].map(({ meta }) => view.ref(meta)),
    listened: undefined,
    uncut: false,
  }
}

const kubernetesThenOldest = (one: MeshService, other: MeshService): number =>
  rank(one) - rank(other) || one.createdAt - other.createdAt || (one.namespace < other.namespace ? -1 : 1)

const rank = (service: MeshService): number => (service.registry === 'KUBERNETES' ? 0 : 1)
