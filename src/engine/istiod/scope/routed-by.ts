/**
 * Which egress listener routes the HTTP requests of a port, and are there any routes at all?
 *
 * A listener with that port of its own routes them alone, even where it reads its own connections as something else and another listener
 * takes the requests (VIS-42).
 */
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { remembered } from '../../remembered.js'
import type { ListenedRecord, ListenerRoutes, ProxyScope } from './proxy-scope.js'

/** The first listener with this port, or without any, in the order of the Sidecar; undefined: none is for the port. */
export const routedBy = ({ listeners }: ProxyScope, port: number): ListenerRoutes | undefined =>
  listeners.find(({ listener }) => listener.routedPort === undefined || listener.routedPort === port)

/** Are requests to the port read as such, if anybody listens for them? */
export function readsRequests(scope: ProxyScope, port: number): boolean {
  const { listener } = routedBy(scope, port) ?? {}
  if (listener?.protocol === undefined || listener.protocol === 'HTTP') return listener !== undefined
  return listensBeside(scope, port)
}

/**
 * A listener that reads the port otherwise leaves the others theirs where it listens on addresses of its own: its `bind`, or those of its services.
 * Is there one for requests then?
 */
export const listensBeside = remembered(({ listeners, services }: ProxyScope, port: number): boolean => {
  const own = listeners.find(({ listener }) => listener.routedPort === port)?.listener
  const catchAll = listeners.find(({ listener }) => listener.routedPort === undefined)?.listener
  let found = false
  for (const { listening } of services.values()) {
    for (const one of listening) {
      if (one.listener === own && own.bind === '' && takesAllAddresses(one, port)) return false
      if (one.listener === catchAll && one.record.ports.some(({ number, protocol }) => number === port && protocol === 'HTTP')) found = true
    }
  }
  return found
})

const takesAllAddresses = ({ ports, record }: ListenedRecord, port: number): boolean => ports.includes(port) && hasNoAddress(record)

const hasNoAddress = ({ headless, addresses, defaultAddresses }: MeshService): boolean =>
  headless || (addresses.size === 0 && !defaultAddresses.some((address) => !address.includes('/')))

/** Has the proxy a listener on all addresses that takes requests to the port, for whichever service? */
export const listensForRequests = remembered((scope: ProxyScope, port: number): boolean => {
  if (!readsRequests(scope, port)) return false
  const own = routedBy(scope, port)?.listener
  const opens = ({ listener, ports, record }: ListenedRecord): boolean => {
    if (!ports.includes(port)) return false
    const declared = record.ports.some(({ number, protocol }) => number === port && protocol === 'HTTP')
    return declared || (listener === own && listener.protocol === 'HTTP')
  }
  const using = scope.view.services.filter(({ ports }) => ports.some(({ number }) => number === port))
  return using.some(({ hostname }) => scope.services.get(hostname)?.listening.some(opens) === true)
})
