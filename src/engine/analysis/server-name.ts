import type { RouteTarget } from './stage-values.js'

/** The SNI by which a proxy asks a gateway for a service's port and subset; the gateway's key is exactly the same (TLS-9, NET-32). */
export const serverName = ({ service, port, subset }: Pick<RouteTarget, 'service' | 'port' | 'subset'>): string =>
  `outbound_.${port.number}_.${subset}_.${service.hostname}`
