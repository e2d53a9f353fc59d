import { flatMap } from '../../flat-map.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { EgressListener } from './egress-listeners.js'
import type { ListenedRecord, ProxyScope, ScopedService } from './proxy-scope.js'
import { isOpen, listensBeside, routedBy } from './routed-by.js'

/** A record that a proxy listens for on a port. */
export interface Listened {
  readonly record: MeshService
  readonly listener: EgressListener
  /** As the proxy reads it: a listener with a port of its own says how. */
  readonly port: MeshPort
  /** Does the record declare requests, which are routed by their hosts wherever they are taken? */
  readonly routed: boolean
  /** The address to which its listener is bound, if it is to one. */
  readonly bind?: string | undefined
}

/** Does the proxy have this very record, as a service of its own or merged into one? */
export const holdsRecord = (scoped: ScopedService | undefined, record: MeshService): boolean =>
  scoped !== undefined && (scoped.service === record || scoped.listening.some((one) => one.record === record))

/** Ports on which the proxy listens for the service, whichever of its records they belong to. */
export const listenedPorts = ({ listening }: ScopedService): readonly number[] => [...new Set(flatMap(listening, ({ ports }) => ports))]

/**
 * The records of the host for which the proxy listens on the port.
 *
 * Requests of an HTTP port are routed by one listener alone, and only for what that listener imports; a listener of another protocol reads
 * the same connections as its own, and one for requests has none for a port that is declared otherwise. Where a listener without a port takes
 * requests to it on all addresses, these find the same routes (VIS-42).
 */
export function listenedAt(scope: ProxyScope, host: string, number: number): readonly Listened[] {
  const routed = routedBy(scope, number)?.listener
  return flatMap(scope.services.get(host)?.listening ?? [], ({ listener, ports, record }): Listened[] => {
    const port = ports.includes(number) ? record.ports.find((one) => one.number === number) : undefined
    if (port === undefined) return []
    const bind = isOpen(listener) ? undefined : listener.bind
    const isRead = { record, port: readBy(listener, port), listener, routed: false, bind }
    const declaresRequests = isRouted(port, listener)
    if (declaresRequests && listener !== routed) return []
    if (!declaresRequests || !routesRequests(scope, host, number)) return isAmiss(port, isRead.port) ? [] : [isRead]
    const open = bind === undefined || listensBeside(scope, number)
    return [{ ...isRead, routed: true, bind: open ? undefined : bind }]
  })
}

/**
 * Are there routes for requests to the port of the host? Of several records the last one that has the port decides, which declares requests or
 * nothing (ROUTE-1, VIS-10).
 */
export function routesRequests(scope: ProxyScope, host: string, number: number): boolean {
  const protocol = lastListened(scope, host, number)?.record.ports.find((one) => one.number === number)?.protocol
  return protocol === 'HTTP' || protocol === 'AUTO'
}

/** The last of the host's records that the listener which routes requests to the port has. */
export function lastListened(scope: ProxyScope, host: string, number: number): ListenedRecord | undefined {
  const routed = routedBy(scope, number)?.listener
  return scope.services.get(host)?.listening.findLast(({ listener, ports }) => listener === routed && ports.includes(number))
}

/** An undeclared port is one of requests to a listener that reads all as such. */
const isRouted = ({ protocol }: MeshPort, listener: EgressListener): boolean =>
  protocol === 'HTTP' || (protocol === 'AUTO' && listener.protocol === 'HTTP')

const readBy = ({ protocol }: EgressListener, port: MeshPort): MeshPort =>
  protocol === undefined || protocol === port.protocol ? port : { ...port, protocol }

/** What has no routes is taken for requests. */
const isAmiss = (declared: MeshPort, read: MeshPort): boolean => read.protocol === 'HTTP' && declared.protocol !== 'UDP'

/** Is there a listener that takes for requests what comes to the port of the host, which is declared as something else? */
export const takesForRequests = ({ services }: ProxyScope, host: string, port: number): boolean =>
  services.get(host)?.listening.some(({ listener, ports }) => listener.protocol === 'HTTP' && ports.includes(port)) === true
