import type { CallAttributes } from './call.js'
import type { RouteTarget } from './stage-values.js'

/** The SNI by which a proxy asks a gateway for a service's port and subset; the gateway's key is exactly the same (TLS-9, NET-32). */
export const serverName = ({ service, port, subset }: Pick<RouteTarget, 'service' | 'port' | 'subset'>): string =>
  `outbound_.${port.number}_.${subset}_.${service.hostname}`

/** Names the upstream cluster; which rule and record stand behind it is one caller's view and the same for all of its routes. */
export const targetKey = ({ service, port, subset, carries, request, waypoint }: RouteTarget): string =>
  `${service.registry} ${service.namespace} ${service.hostname} ${port.number} ${subset} ${carries}${request === undefined ? '' : ` ${requestKey(request)}`}${keyOf(waypoint)}`

const keyOf = (waypoint: RouteTarget['waypoint']): string =>
  waypoint === undefined ? '' : ` ${waypoint.gateway.meta.namespace}/${waypoint.gateway.meta.name}`

/** Names everything that is sent; most questions say nothing of headers, and one authority. */
export function requestKey({ protocol, method, path, headers, absentHeaders, authorities }: CallAttributes): string {
  const said = JSON.stringify([protocol, method, path, authorities])
  return Object.keys(headers).length === 0 && absentHeaders.size === 0 ? said : `${said} ${JSON.stringify([headers, [...absentHeaders]])}`
}
