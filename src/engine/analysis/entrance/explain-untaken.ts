/**
 * Why does no gateway take a call from outside?
 *
 * The nearest miss is told: the host at another port, a gateway that nobody outside reaches, other hosts than the one that was asked for, or no
 * gateway at all. Rules ROUTE-11, ROUTE-12, NET-7, GW-4.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import { listSome } from '../answer/list-some.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { mergedServers } from '../../istiod/gateways/merged-servers.js'
import { hostsOf, isSecure, routingKind, serversFor } from '../../istiod/gateways/servers-for.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { titleOf } from '../../snapshot/references.js'
import type { ResolvedCall } from '../call/call.js'
import { type Outcome, type Said, stop } from '../call/outcome.js'
import { serversBehind, type TakingEntrance, takingEntrance } from './taking-entrance.js'
import type { Entrance } from './entrance.js'
import { closedListener } from './closed-listener.js'
import { metDirectly, tellMetDirectly } from './met-directly.js'
import { explicitHosts } from './offered-as.js'
import type { NamedOutside } from './name-outside.js'
import { gatewayListening } from './gateway-listening.js'

export function explainUntaken(
  call: ResolvedCall,
  named: NamedOutside,
  entrances: readonly Entrance[],
  asked: number | undefined,
): Outcome<never> {
  const { snapshot } = call.client
  const taking = entrances.flatMap((entrance) => takingEntrance(entrance, named, call.attributes) ?? [])
  return (
    gatewayListening(snapshot, named.hostname, asked) ??
    leftOut(named, entrances, asked) ??
    (taking.length > 0 ? undefined : closedListener(snapshot, named.hostname, asked)) ??
    notThere(named, taking, entrances, asked) ??
    (entrances.length === 0 ? stop('NETWORK', withoutGateway(snapshot)) : nobodyTakes(call, named, { entrances, taking }, asked))
  )
}

/** A Gateway has the host, and istiod leaves its server out beside an older one. */
function leftOut({ hostname }: NamedOutside, entrances: readonly Entrance[], asked: number | undefined): Outcome<never> | undefined {
  for (const { view, cluster, proxy } of entrances) {
    const [found] = serversFor(mergedServers(view, cluster, proxy.workload).leftOut, hostname)
    if (found === undefined || (asked !== undefined && found.server.port.number !== asked)) continue
    const [name, older] = [found, found.by].map(({ gateway }) => titleOf(gateway.meta))
    const message = `${name} takes \`${hostname}\` at port ${found.server.port.number}, but istiod leaves it out beside ${older}, which comes first`
    const because = [found, found.by].map(({ gateway, position }) => view.ref(gateway.meta, `spec.servers[${position}]`))
    return stop('NETWORK', { reason: 'GATEWAY_HOST_NOT_EXPOSED', message, because })
  }
  return undefined
}

/** Somebody takes the host: at a port that is not met, at another one, or where nobody outside gets. */
function notThere(named: NamedOutside, taking: readonly TakingEntrance[], entrances: readonly Entrance[], asked: number | undefined) {
  const closed = taking.flatMap(({ entrance }) => (entrance.closed === undefined ? [] : [{ port: entrance.port, said: entrance.closed }]))
  const open = taking.filter(({ entrance }) => entrance.closed === undefined)
  const shut = closed.find(({ port }) => asked === undefined || port === asked)?.said ?? behindNoPort(named, entrances, taking, asked)
  if (shut !== undefined) return stop('NETWORK', shut)
  const meant = byName(open, entrances, asked)
  if (meant.length > 0 && asked !== undefined) return stop('NETWORK', atOtherPorts(named, meant, entrances, asked))
  return closed[0] === undefined ? undefined : stop('NETWORK', closed[0].said)
}

/** A server that takes every connection says nothing of the host, unless nobody listens where it was asked for. */
function byName(open: readonly TakingEntrance[], entrances: readonly Entrance[], asked: number | undefined): readonly TakingEntrance[] {
  const named = open.filter(({ server: { server } }) => isSecure(server) || routingKind(server) !== 'tcp')
  const isListening = entrances.some((entrance) => entrance.port === asked && serversBehind(entrance).length > 0)
  return named.length > 0 || isListening ? named : open
}

function nobodyTakes(
  { client: { snapshot } }: ResolvedCall,
  named: NamedOutside,
  { entrances, taking }: { readonly entrances: readonly Entrance[]; readonly taking: readonly TakingEntrance[] },
  asked: number | undefined,
): Outcome<never> {
  const listening = entrances.filter((entrance) => (asked === undefined || entrance.port === asked) && serversBehind(entrance).length > 0)
  const met = entrances.find(({ port, closed }) => port === asked && closed === undefined)
  if (listening.length === 0 && met !== undefined && named.addresses !== undefined) return nobodyListens(met)
  const unmet = behindNoPort(named, entrances, taking, undefined)
  return stop('NETWORK', unmet ?? notExposed(snapshot, named, listening.length > 0 ? listening : entrances))
}

/** The host is taken, though not there. */
function atOtherPorts({ hostname }: NamedOutside, taking: readonly TakingEntrance[], entrances: readonly Entrance[], asked: number): Said {
  const ports = [...new Set(taking.map(({ entrance }) => entrance.port))].sort((a, b) => a - b)
  const because = taking.map(({ entrance, server }) => entrance.view.ref(server.gateway.meta, `spec.servers[${server.position}]`))
  const isNamed = taking.some(({ server: { server } }) => !hostsOf(server).includes('*'))
  const message = `gateways take \`${hostname}\` at port${ports.length > 1 ? 's' : ''} ${ports.join(', ')}, and not at port ${asked}${isNamed ? '' : didYouMean(hostname, entrances, asked)}`
  return { reason: 'NOT_LISTENING', message, because }
}

/** Where only servers of every host have it: one that is called nearly so, and taken where it was asked for. */
function didYouMean(hostname: string, entrances: readonly Entrance[], asked: number): string {
  const there = entrances.filter(({ port }) => port === asked).flatMap(serversBehind)
  const near = nearestNames(hostname, [...new Set(there.flatMap(({ server }) => hostsOf(server)))])
  return near.length === 0 ? '' : `; did you mean ${listSome(near.slice(0, 3), 'or')}`
}

/** A Gateway opens a port for the host, and the Service that leads to the gateway has no port by which anybody gets there. */
function behindNoPort(
  { hostname }: NamedOutside,
  entrances: readonly Entrance[],
  taking: readonly TakingEntrance[],
  asked: number | undefined,
): Said | undefined {
  for (const { view, proxy, service, cluster } of entrances) {
    if (service === undefined) continue
    const bound = gatewaysSelecting(view, proxy.workload).flatMap((gateway) =>
      gateway.servers.map((server, position) => ({ gateway, server, position })),
    )
    const listening = bound.filter(
      ({ server }) => server.tlsMode !== 'AUTO_PASSTHROUGH' && (asked === undefined || server.port.number === asked),
    )
    const [meant] = serversFor(listening, hostname)
    if (meant === undefined || taking.some(({ servers }) => servers.some((one) => one.server === meant.server))) continue
    const { gateway, server, position } = meant
    const declared = service.ports.map(({ number }) => number).join(', ')
    const name = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\``
    const message = `${titleOf(gateway.meta)} takes \`${hostname}\` at port ${server.port.number}, and no port of ${name} leads there, which declares ${declared}`
    const because = [view.ref(gateway.meta, `spec.servers[${position}]`), cluster.ref(service.meta, 'spec.ports')]
    return { reason: 'NOT_LISTENING', message, because }
  }
  return undefined
}

function withoutGateway(snapshot: Snapshot): Said {
  const names = [...snapshot.clusters.keys()].map((name) => `\`${name}\``).join(', ')
  const direct = metDirectly(snapshot)
  const message = `no Gateway of Istio, and no Ingress of its class, opens ${names} to the outside${tellMetDirectly(direct)}`
  return { reason: 'GATEWAY_NOT_FOUND', message, because: direct.slice(0, 3).map(({ ref }) => ref) }
}

function nobodyListens({ view, proxy: { workload }, podPort, because }: Entrance): Outcome<never> {
  const message = `no Gateway of control plane \`${view.controlPlane.name}\` opens port ${podPort} of gateway \`${workload.namespace}/${workload.owner.name}\``
  return stop('TRANSPORT', { reason: 'GATEWAY_NOT_LISTENING', message, because })
}

function notExposed(snapshot: Snapshot, { hostname }: NamedOutside, entrances: readonly Entrance[]): Said {
  const bound = entrances.flatMap((entrance) => serversBehind(entrance).map((server) => ({ ...server, view: entrance.view })))
  const hosts = [...new Set(bound.flatMap(({ server }) => hostsOf(server)))].filter((host) => host !== '*')
  const near = nearestNames(hostname, [...new Set([...hosts, ...explicitHosts(snapshot)])])
  const shown = near.length > 0 ? near : hosts.slice(0, 3)
  const told =
    shown.length === 0
      ? ''
      : `; ${near.length > 0 ? 'did you mean' : 'they take'} ${listSome(shown.slice(0, 3), near.length > 0 ? 'or' : 'and')}`
  const because = distinct(bound.map(({ view, gateway }) => view.ref(gateway.meta, 'spec.servers')))
  return { reason: 'GATEWAY_HOST_NOT_EXPOSED', message: `no server of a gateway takes \`${hostname}\`${told}`, because }
}

const distinct = (refs: readonly ResourceRef[]): readonly ResourceRef[] =>
  [...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values()].slice(0, 5)
