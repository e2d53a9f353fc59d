/**
 * Which servers of Gateway objects nearly take a call at a gateway, and by which field do they not?
 *
 * The host, the port, the selector, the namespace, and what the server does with TLS. Rules ROUTE-11, ROUTE-12, NET-30, GW-4.
 */
import { listSome } from '../answer/list-some.js'
import type { NearMiss } from '../../model/step.js'
import type { Gateway, GatewayServer } from '../../resources/istio/gateway.js'
import { covers } from '../../snapshot/covers.js'
import { isOn } from '../../snapshot/flags.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { gatewaysOf } from '../../snapshot/workloads/gateways-of.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { hostsOf } from '../../istiod/gateways/servers-for.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { isNearlySelected, tellSelectorMiss } from './selector-miss.js'
import { nearUnreadGateways } from './near-unread.js'

/** A gateway's proxy, and what comes to it. */
export interface AtGateway {
  readonly view: ControlPlaneView
  readonly proxy: Workload
  readonly hostname: string
  /** Numbers by which servers may know the port, the one that is asked for first; none: any. */
  readonly ports: readonly number[]
  /** It comes from another network, to be handed on by its server name. */
  readonly handedOn: boolean
}

interface Found {
  readonly far: number
  readonly miss: NearMiss
}

export function nearGateways(asked: AtGateway): readonly NearMiss[] {
  const { view, proxy, hostname } = asked
  const own = new Set(gatewaysSelecting(view, proxy))
  const all = [...view.configuration.gateways.values()].flat().sort(byName).slice(0, mostCompared)
  const found = all.flatMap((gateway) => (own.has(gateway) ? nearServers(asked, gateway) : notSelecting(asked, gateway)))
  return [...found.sort((a, b) => a.far - b.far).map(({ miss }) => miss), ...nearUnreadGateways(view, hostname)]
}

const takes = (server: GatewayServer, hostname: string): boolean => hostsOf(server).some((host) => covers(host, hostname))

const isAt = ({ port: { number } }: GatewayServer, ports: readonly number[]): boolean => ports.length === 0 || ports.includes(number)

/** Gateways of this proxy: a server that has all but the host, the port, or the mode. */
function nearServers({ view, hostname, ports, handedOn }: AtGateway, { meta, servers }: Gateway): readonly Found[] {
  return servers.flatMap((server, position) => {
    const at = (field: string): string => `spec.servers[${position}].${field}`
    const isTaken = takes(server, hostname)
    const isHere = isAt(server, ports)
    const handsOn = server.tlsMode === 'AUTO_PASSTHROUGH'
    if (handsOn !== handedOn) return isTaken && isHere ? [{ far: 3, miss: nearMiss(view.ref(meta, at('tls')), tellMode(server)) }] : []
    if (isTaken)
      return isHere
        ? []
        : [
            {
              far: 2,
              miss: nearMiss(
                view.ref(meta, at('port')),
                `takes the host at port \`${server.port.number}\`, and not at \`${ports[0] ?? ''}\``,
              ),
            },
          ]
    const isNear = nearestNames(hostname, hostsOf(server)).length > 0
    if (!isHere && !isNear) return []
    const why = `takes ${listSome(hostsOf(server))}, and the call is to \`${hostname}\``
    return [{ far: isNear ? 0 : 4, miss: nearMiss(view.ref(meta, at('hosts')), why) }]
  })
}

export const tellMode = ({ tlsMode }: GatewayServer): string =>
  tlsMode === 'AUTO_PASSTHROUGH'
    ? 'hands on what comes from other networks alone (`AUTO_PASSTHROUGH`)'
    : `hands nothing on by its server name, as its mode is ${tlsMode === undefined ? 'not' : `\`${tlsMode}\` and not`} \`AUTO_PASSTHROUGH\``

/** Gateways for other proxies, or for none, that have the host. */
function notSelecting({ view, proxy, hostname, ports }: AtGateway, { meta, selector, runs, servers }: Gateway): readonly Found[] {
  const isFor = servers.some((server) => takes(server, hostname) && isAt(server, ports))
  if (runs !== undefined || !isFor) return []
  if (isOn(view.controlPlane, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE') && meta.namespace !== proxy.namespace) {
    const why = `stands in \`${meta.namespace}\`, and gateways heed those of their own namespace alone (\`PILOT_SCOPE_GATEWAY_TO_NAMESPACE\`)`
    return [{ far: 1, miss: nearMiss(view.ref(meta), why) }]
  }
  const isNear = isNearlySelected(selector, proxy.labels)
  if (!isNear && !selectsNobody(view, selector)) return []
  const why = tellSelectorMiss(selector, proxy.labels, `gateway \`${proxy.namespace}/${proxy.owner.name}\``)
  return [{ far: 1, miss: nearMiss(view.ref(meta, 'spec.selector'), why) }]
}

const selectsNobody = ({ clusters }: ControlPlaneView, selector: Gateway['selector']): boolean =>
  !clusters.some((cluster) => gatewaysOf(cluster).some(({ labels }) => selectorMatches(selector, labels)))
