import { admitsRoutes, hostsOf } from '../../istiod/gateways/servers-for.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { overlaps } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { namedGateways, type NamedGateway } from './named-gateways.js'

const byName = remembered(
  (view: ControlPlaneView): ReadonlyMap<string, Gateway> =>
    new Map([...view.configuration.gateways.values()].flat().map((gateway) => [`${gateway.meta.namespace}/${gateway.meta.name}`, gateway])),
)

interface Bound {
  readonly named: NamedGateway
  readonly gateway: Gateway
}

const boundTo = ({ object, views: [view] }: ReadObject<VirtualService>): readonly Bound[] =>
  namedGateways(object).flatMap((named) => {
    const gateway = named.inMatch ? undefined : byName(view).get(named.name)
    return gateway === undefined ? [] : [{ named, gateway }]
  })

/** Has a VirtualService of the namespace a place for this host at the Gateway? */
const admits = ({ gateway }: Bound, host: string, from: string): boolean =>
  gateway.servers.some((server) => admitsRoutes({ gateway, server }, host, from))

const quoted = (hosts: readonly string[]): string =>
  `\`${hosts.slice(0, 3).join('`, `')}\`${hosts.length > 3 ? ` and ${hosts.length - 3} more` : ''}`

/** Hosts that a server has, for routes of other namespaces. */
const keptForOthers = ({ gateway: { servers } }: Bound, hosts: readonly string[]): readonly string[] =>
  hosts.filter((host) => servers.some((server) => hostsOf(server).some((pattern) => overlaps(pattern, host))))

function unmet({ object, views: [view] }: ReadObject<VirtualService>, bound: Bound, hosts: readonly string[]): Breach {
  const { namespace } = object.meta
  const name = `Gateway \`${bound.named.name}\``
  const on = view.ref(object.meta, bound.named.path)
  const [kept] = keptForOthers(bound, hosts)
  if (kept !== undefined) {
    const message = `${name} takes \`${kept}\` for routes of other namespaces than \`${namespace}\`: it has none of these, and answers with 404, or closes; let one of its servers take \`${namespace}/${kept}\``
    return { on, message }
  }
  const taken = [...new Set(bound.gateway.servers.flatMap((server) => server.hosts))]
  const instead = taken.length === 0 ? 'has no server with a host' : `takes ${quoted(taken)}`
  const message = `${name} ${instead}: it answers requests for ${quoted(hosts)} with 404, or closes; add the host to one of its servers`
  return { on, message }
}

function unplaced({ object, views: [view] }: ReadObject<VirtualService>, all: readonly Bound[], host: string, position: number): Breach {
  const names = quoted(all.map(({ named }) => named.name))
  const message = `no server of Gateway ${names} takes \`${host}\`: requests for it get 404 there, or a closed connection; add it to the hosts of a server`
  return { on: view.ref(object.meta, `spec.hosts[${position}]`), message }
}

function* judge(read: ReadObject<VirtualService>): Iterable<Breach> {
  const { object, views } = read
  const [view] = views
  const { namespace } = object.meta
  const hosts = object.hosts.map((host) => qualify(host, namespace, domainSuffix(view)))
  const all = boundTo(read)
  if (hosts.length === 0 || all.length === 0) return
  const met = all.filter((bound) => hosts.some((host) => admits(bound, host, namespace)))
  for (const bound of all) if (!met.includes(bound)) yield unmet(read, bound, hosts)
  // A host of a VirtualService that is for sidecars as well may be meant for them, and one that a gateway nobody knows takes for that.
  const elsewhere = namedGateways(object).filter(({ inMatch }) => !inMatch).length > all.length || object.gateways.includes('mesh')
  if (met.length === 0 || elsewhere) return
  for (const [position, host] of hosts.entries()) {
    if (!met.some((bound) => admits(bound, host, namespace))) yield unplaced(read, met, host, position)
  }
}

export const hostOnNoServer: Rule = {
  code: 'GTW103',
  name: 'host-on-no-server',
  severity: 'WARNING',
  istio: ['IST0132'],
  kiali: [],
  summary: 'A VirtualService is bound to a Gateway none of whose servers takes its host (ROUTE-11).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const read of objectsOf(configuration, 'virtualServices')) yield* judge(read)
    }
  },
}
