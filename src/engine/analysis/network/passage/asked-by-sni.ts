import type { MeshService } from '../../../snapshot/services/mesh-service.js'
import { serverName } from '../../call/target-key.js'
import type { RouteTarget } from '../../call/stage-values.js'

/** Whom a gateway is asked for by the server name of a connection. */
export interface AskedBySni {
  /** As sent. */
  readonly sni: string
  readonly hostname: string
  readonly port: number
  readonly subset: string
  /** The client's own record of the service that it calls: what is said of it comes from there. */
  readonly service: MeshService
}

const form = /^outbound_\.(?<port>\d+)_\.(?<subset>.*?)_\.(?<hostname>.+)$/u

/** The called service by its own server name. */
export const ownName = (target: RouteTarget): AskedBySni => {
  const { service, port, subset } = target
  return { sni: serverName(target), hostname: service.hostname, port: port.number, subset, service }
}

/**
 * The service that the target's connection names: the called one, or whichever a DestinationRule's `sni` names, because gateways look at nothing
 * else (NET-32, NET-33). Undefined: a name of no service.
 */
export function askedBySni(target: RouteTarget): AskedBySni | undefined {
  const sni = target.rule?.transportTls(target.port.number, target.subset)?.sni
  if (sni === undefined || sni === serverName(target)) return ownName(target)
  const named = form.exec(sni)?.groups
  if (named === undefined) return undefined
  return { sni, hostname: named['hostname'] ?? '', port: Number(named['port']), subset: named['subset'] ?? '', service: target.service }
}
