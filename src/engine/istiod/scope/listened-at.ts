import { flatMap } from '../../flat-map.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { EgressListener } from './egress-listeners.js'
import type { ProxyScope, ScopedService } from './proxy-scope.js'
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
    const protocol = listener.protocol ?? port.protocol
    const isRead = { record, port: protocol === port.protocol ? port : { ...port, protocol }, listener }
    if (!isRouted(port, listener)) return readsAmiss(port, listener) ? [] : [{ ...isRead, routed: false, bind }]
    if (listener !== routed) return []
    const open = bind === undefined || listensBeside(scope, number)
    return [{ ...isRead, routed: true, bind: open ? undefined : bind }]
  })
}

/** An undeclared port is one of requests to a listener that reads all as such. */
const isRouted = ({ protocol }: MeshPort, listener: EgressListener): boolean =>
  protocol === 'HTTP' || (protocol === 'AUTO' && listener.protocol === 'HTTP')

/** The listener takes for requests what has no routes for them. */
const readsAmiss = ({ protocol }: MeshPort, listener: EgressListener): boolean => listener.protocol === 'HTTP' && protocol !== 'UDP'

/** Is there a listener that takes for requests what comes to the port of the host, which is declared as something else? */
export const takesForRequests = ({ services }: ProxyScope, host: string, port: number): boolean =>
  services.get(host)?.listening.some(({ listener, ports }) => listener.protocol === 'HTTP' && ports.includes(port)) === true
