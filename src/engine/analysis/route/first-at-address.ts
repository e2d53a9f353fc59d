import { remembered } from '../../remembered.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'

/** Entries that the proxy listens for at an address of theirs, in the order in which listeners are made. */
const listenersAt = remembered((scope: ProxyScope, cluster: string, address: string): readonly MeshService[] => {
  const records = scope.view
    .servicesByAddress(cluster, address)
    .filter((record) => scope.services.get(record.hostname)?.listening.some((one) => one.record === record) === true)
  const open = (record: MeshService): number => (record.exportTo.has('*') ? 1 : 0)
  return records.sort((a, b) => open(a) - open(b) || a.createdAt - b.createdAt || (a.hostname < b.hostname ? -1 : 1))
})

/** A record and the port of it that is listened for. */
interface Heard {
  readonly record: MeshService
  readonly port: MeshPort
}

/**
 * The record whose connections go through the one listener of an address and port: where several hosts share it nothing tells their
 * connections apart, and the first one has them all (DNS-16, ROUTE-31).
 */
export function firstAtAddress(scope: ProxyScope, cluster: string, addresses: readonly string[], own: Heard): Heard {
  const [address, ...others] = addresses
  if (address === undefined || address === 'auto' || others.length > 0 || own.record.registry !== 'SERVICE_ENTRY') return own
  for (const record of listenersAt(scope, cluster, address)) {
    const port = record.ports.find(({ number, protocol }) => number === own.port.number && (protocol === 'TLS' || protocol === 'TCP'))
    if (port !== undefined) return record.hostname === own.record.hostname ? own : { record, port }
  }
  return own
}
