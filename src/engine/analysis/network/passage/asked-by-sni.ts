import type { MeshService } from '../../../snapshot/services/mesh-service.js'
import { serverName } from '../../call/target-key.js'
import type { RouteTarget } from '../../call/stage-values.js'

/** The server name of a connection, and the client's own record of the service that it calls: what is said of that comes from there. */
export interface SentName {
  readonly sni: string
  readonly service: MeshService
}

/** Whom a gateway is asked for by it. */
export interface AskedBySni {
  /** As sent. */
  readonly sni: string
  readonly hostname: string
  readonly port: number
  readonly subset: string
}

const form = /^outbound_\.(?<port>\d+)_\.(?<subset>[^]*?)_\.(?<hostname>[^]+)$/u

/** Undefined: a name of no service. */
export function askedBySni(sni: string): AskedBySni | undefined {
  const named = form.exec(sni)?.groups
  if (named === undefined) return undefined
  return { sni, hostname: named['hostname'] ?? '', port: Number(named['port']), subset: named['subset'] ?? '' }
}

/** The called service by its own server name. */
export const ownName = (target: RouteTarget): SentName => ({ sni: serverName(target), service: target.service })

/** What the target's connection names: the called service, or whatever a DestinationRule's `sni` says, because gateways look at nothing else (NET-32, NET-33). */
export function sentName(target: RouteTarget): SentName {
  const sni = target.rule?.transportTls(target.port.number, target.subset)?.sni
  return sni === undefined ? ownName(target) : { sni, service: target.service }
}
