/**
 * Which of a host's records takes the call, by the address that is dialled and by what is spoken?
 *
 * Each record listens for itself. One of connections has the address that is its own, whatever is spoken there; one without an address has what is
 * left, together with the requests of the port, which are told by their bytes, and with others that are told by their server name.
 * Rules VIS-10, ROUTE-10, DNS-16.
 */
import { lastListened, type Listened, routesRequests } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { holdsEveryAddress, listensForRequests } from '../../istiod/scope/routed-by.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { groupBy } from '../../group-by.js'
import { addressesFor } from '../name/name-table.js'
import type { ResolvedCall } from '../call/call.js'
import type { Outcome, Said } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { leaveMesh } from './default-alternative.js'

/** Addresses that the call may dial, and the record that takes what comes there; undefined: none does. */
export interface Dialled {
  readonly addresses: readonly string[]
  readonly listened: Listened | undefined
}

/** `heard`: the records that are listened for on the port. */
export function recordsDialled(
  call: ResolvedCall,
  { addresses }: Named,
  scope: ProxyScope,
  { hostname }: MeshService,
  heard: readonly Listened[],
): readonly [Dialled, ...(readonly Dialled[])] {
  if ((scope.services.get(hostname)?.listening.length ?? 0) < 2) return [{ addresses, listened: heard[0] }]
  const takes = (address: string): Listened | undefined => takerAt(call, scope, heard, address)
  const [first, ...others] = [...groupBy(addresses, takes)].map(([listened, dialled]) => ({ addresses: dialled, listened }))
  if (first !== undefined) return [first, ...others]
  // DNS outside answers, with the address of a record that has one unless it is taken anywhere.
  const listened = takesRest(call, scope, heard) ?? heard.find(({ record }) => addressesFor(call.client, record).length > 0)
  return [{ addresses, listened }]
}

function takerAt(call: ResolvedCall, scope: ProxyScope, heard: readonly Listened[], address: string): Listened | undefined {
  const at = heard.filter(({ port, record }) => port.protocol !== 'HTTP' && addressesFor(call.client, record).includes(address))
  // What a listener with the port has, one for all ports does not get (VIS-42).
  const locked = at.filter(({ listener }) => listener.routedPort !== undefined)
  const own = locked.length > 0 ? locked : at
  const detecting = spokenIn(call) === 'HTTP' ? own.find(({ port }) => port.protocol === 'AUTO') : undefined
  return detecting ?? own[0] ?? takesRest(call, scope, heard)
}

/** On the listener for all addresses. */
function takesRest(call: ResolvedCall, scope: ProxyScope, heard: readonly Listened[]): Listened | undefined {
  const spoken = spokenIn(call)
  const number = heard[0]?.port.number ?? 0
  const routed = heard.find((one) => one.routed)
  if (spoken === 'HTTP' && listensForRequests(scope, number)) return routed
  const isLocked = holdsEveryAddress(scope, number)
  const open = heard.filter(
    ({ port, record, listener }) =>
      port.protocol !== 'HTTP' && addressesFor(call.client, record).length === 0 && !(isLocked && listener.routedPort === undefined),
  )
  const named = spoken === 'TLS' ? open.find(({ port }) => port.protocol === 'TLS') : undefined
  return named ?? open.find(({ port }) => port.protocol !== 'TLS') ?? routed
}

const spokenIn = ({ attributes }: ResolvedCall) => attributes.protocol ?? 'HTTP'

/** Why requests to the port of the host have no routes; undefined: they have. Of several records the last decides (ROUTE-1). */
export function withoutRequests(scope: ProxyScope, host: string, port: number): Pick<Said, 'message' | 'because'> | undefined {
  if (routesRequests(scope, host, port)) return undefined
  const last = lastListened(scope, host, port)
  const message = `the last record of \`${host}\` that has port ${port} declares no HTTP, so that its listener has no routes`
  return { message, because: last === undefined ? [] : [last.record.ref] }
}

/** None of several records takes it, though they have the port. */
export function takenByNone(
  call: ResolvedCall,
  { addresses }: Named,
  scope: ProxyScope,
  heard: readonly Listened[],
): Outcome<Routed> | undefined {
  const [first] = heard
  if (first === undefined) return undefined
  const { record, port } = first
  const asked = spokenIn(call) === 'HTTP' && listensForRequests(scope, port.number)
  const unrouted = asked ? withoutRequests(scope, record.hostname, port.number) : undefined
  if (unrouted !== undefined) return leaveMesh(scope, port.number, port.protocol, { reason: 'PROTOCOL_NOT_ROUTED', ...unrouted })
  const dialled = addresses[0] === undefined ? 'at other addresses' : `at \`${addresses[0]}\``
  const message = `none of the records of \`${record.hostname}\` takes what comes to port ${port.number} ${dialled}`
  const because = heard.map((one) => one.record.ref)
  return leaveMesh(scope, port.number, port.protocol, { reason: 'ADDRESS_NOT_CAPTURED', message, because })
}
