import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { remembered } from '../../remembered.js'
import { type EgressListener, everyAddress } from './egress-listeners.js'
import type { ListenedRecord, ProxyScope } from './proxy-scope.js'

/**
 * The record for which a Sidecar's listener on every address takes the connections to the port: of several the first, since nothing tells their
 * connections apart. Undefined: no listener that reads them as connections is bound to every address (VIS-42).
 *
 * One with the port comes first; beside it one for all ports has the services' own addresses alone.
 */
export const openListener = remembered((scope: ProxyScope, port: number): ListenedRecord | undefined => {
  const [own, catchAll] = [port, undefined].map(
    (number) => scope.listeners.find(({ listener }) => listener.routedPort === number)?.listener,
  )
  const readsRequests = own?.protocol === undefined || own.protocol === 'HTTP'
  if (own !== undefined && (own.bind === everyAddress || (own.bind === '' && readsRequests))) {
    const first = firstOf(scope, own, port, () => true)
    if (first !== undefined) return readsRequests ? undefined : first
  }
  return catchAll?.bind === everyAddress ? firstOf(scope, catchAll, port, declaresConnections) : undefined
})

/** In the order in which a listener's services are gone through (VIS-4, VIS-43). */
function firstOf(
  { services }: ProxyScope,
  listener: EgressListener,
  port: number,
  isTaken: (one: ListenedRecord, port: number) => boolean,
): ListenedRecord | undefined {
  const found: ListenedRecord[] = []
  for (const { listening } of services.values())
    for (const one of listening) if (one.listener === listener && one.ports.includes(port) && isTaken(one, port)) found.push(one)
  const open = ({ exportTo }: MeshService): number => (listener.exact || !exportTo.has('*') ? 0 : 1)
  return found.sort(
    ({ record: a }, { record: b }) => open(a) - open(b) || a.createdAt - b.createdAt || (a.hostname < b.hostname ? -1 : 1),
  )[0]
}

const declaresConnections = ({ record }: ListenedRecord, port: number): boolean =>
  record.ports.some(({ number, protocol }) => number === port && protocol !== 'HTTP' && protocol !== 'UDP')
