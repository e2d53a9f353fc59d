/**
 * Which egress listener routes the HTTP requests of a port, and are there any routes at all?
 *
 * A listener with that port of its own routes them alone, even where it reads its own connections as something else and another listener
 * takes the requests (VIS-42).
 */
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { remembered } from '../../remembered.js'
import { type EgressListener, everyAddress } from './egress-listeners.js'
import { openListener } from './open-listener.js'
import type { ListenedRecord, ListenerRoutes, ProxyScope } from './proxy-scope.js'

/** The first listener with this port, or without any, in the order of the Sidecar; undefined: none is for the port. */
export const routedBy = ({ listeners }: ProxyScope, port: number): ListenerRoutes | undefined =>
  listeners.find(({ listener }) => listener.routedPort === undefined || listener.routedPort === port)

/** The listener with exactly this port; undefined: the one without any. */
const listenerFor = ({ listeners }: ProxyScope, port: number | undefined): EgressListener | undefined =>
  listeners.find(({ listener }) => listener.routedPort === port)?.listener

/** Requests come to it whichever address is dialled. */
export const isOpen = ({ bind }: EgressListener): boolean => bind === '' || bind === everyAddress

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
export const listensBeside = remembered((scope: ProxyScope, port: number): boolean => {
  const own = listenerFor(scope, port)
  const catchAll = listenerFor(scope, undefined)
  if (catchAll === undefined || !isOpen(catchAll)) return false
  if (own !== undefined && openListener(scope, port)?.listener === own) return false
  let found = false
  for (const { listening } of scope.services.values()) {
    for (const one of listening) {
      if (one.listener === own && takesAllAddresses(one, port)) return false
      if (one.listener === catchAll && declaresRequests(one, port)) found = true
    }
  }
  return found
})

/** Does the listener with this port take all addresses, so that one for all ports adds nothing there (VIS-42)? */
export const holdsEveryAddress = remembered((scope: ProxyScope, port: number): boolean => {
  const own = listenerFor(scope, port)
  if (own === undefined || !isOpen(own)) return false
  const everywhere = own.protocol === undefined || own.protocol === 'HTTP' || own.bind === everyAddress
  for (const { listening } of scope.services.values()) {
    const takesAll = ({ listener, ports, record }: ListenedRecord): boolean =>
      listener === own && ports.includes(port) && (everywhere || hasNoAddress(record))
    if (listening.some(takesAll)) return true
  }
  return false
})

const declaresRequests = ({ record }: ListenedRecord, port: number): boolean =>
  record.ports.some(({ number, protocol }) => number === port && protocol === 'HTTP')

const takesAllAddresses = ({ listener, ports, record }: ListenedRecord, port: number): boolean =>
  listener.bind === '' && ports.includes(port) && hasNoAddress(record)

const hasNoAddress = ({ headless, addresses, defaultAddresses }: MeshService): boolean =>
  headless || (addresses.size === 0 && !defaultAddresses.some((address) => !address.includes('/')))

/** A listener that is bound to every address looks there for requests to ports without a protocol. */
const detects = ({ bind, protocol }: EgressListener, { ports }: MeshService, port: number): boolean =>
  bind === everyAddress && protocol === undefined && ports.some((one) => one.number === port && one.protocol === 'AUTO')

/** Has the proxy a listener on all addresses that takes requests to the port, for whichever service? */
export const listensForRequests = remembered((scope: ProxyScope, port: number): boolean => {
  if (!readsRequests(scope, port)) return false
  const own = routedBy(scope, port)?.listener
  if (own !== undefined && !isOpen(own)) return listensBeside(scope, port)
  const opens = (one: ListenedRecord): boolean => {
    if (!one.ports.includes(port)) return false
    return declaresRequests(one, port) || (one.listener === own && (own.protocol === 'HTTP' || detects(own, one.record, port)))
  }
  const using = scope.view.services.filter(({ ports }) => ports.some(({ number }) => number === port))
  return using.some(({ hostname }) => scope.services.get(hostname)?.listening.some(opens) === true)
})
