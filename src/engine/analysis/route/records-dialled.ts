/**
 * Which of a host's records takes the call, by the address that is dialled and by what is spoken?
 *
 * Each record listens for itself. One of connections has the address that is its own, whatever is spoken there; one without an address has what is
 * left, together with the requests of the port, which are told by their bytes, and with others that are told by their server name.
 * Rules VIS-10, ROUTE-10, DNS-16.
 */
import { lastListened, type Listened, routesRequests } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { listensForRequests } from '../../istiod/scope/routed-by.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { groupBy } from '../../group-by.js'
import { addressesFor } from '../name/name-table.js'
import type { ResolvedCall } from '../call/call.js'
import type { Outcome, Said } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { leaveMesh } from './default-alternative.js'
import type { FilterChain } from './listeners/filter-chain.js'
import { takenAt } from './listeners/taken-at.js'

/** Addresses that the call may dial, and the record that takes what comes there; undefined: none does. */
export interface Dialled {
  readonly addresses: readonly string[]
  readonly listened: Listened | undefined
}

type Records = readonly [Dialled, ...(readonly Dialled[])]

/** `heard`: the records that are listened for on the port. */
export function recordsDialled(
  call: ResolvedCall,
  named: Named,
  scope: ProxyScope,
  { hostname }: MeshService,
  heard: readonly Listened[],
): Records {
  const { addresses } = named
  const connection = { call, named, scope, heard }
  const [single] = heard
  const isAlone = (scope.services.get(hostname)?.listening.length ?? 0) < 2
  if (isAlone) return ofOne(connection, addresses, single)
  const takes = (address: string): Listened | undefined => takerAt(connection, address)
  const [first, ...others] = [...groupBy(addresses, takes)].map(([listened, dialled]) => ({ addresses: dialled, listened }))
  if (first !== undefined) return [first, ...others]
  // DNS outside answers, with the address of a record that has one unless it is taken anywhere.
  const listened = takerAt(connection, undefined) ?? heard.find(({ record }) => addressesFor(call.client, record).length > 0)
  return [{ addresses, listened }]
}

/** A call, and the records of its host that are listened for on the port. */
interface Connection {
  readonly call: ResolvedCall
  readonly named: Named
  readonly scope: ProxyScope
  readonly heard: readonly Listened[]
}

/** Another host may have some of the addresses as well. */
function ofOne(connection: Connection, addresses: readonly string[], listened: Listened | undefined): Records {
  if (addresses.length < 2 || listened === undefined || listened.record.headless) return [{ addresses, listened }]
  const takes = (address: string): string | undefined => chainAt(connection, address)?.record?.hostname
  const [first, ...others] = [...groupBy(addresses, takes).values()].map((dialled) => ({ addresses: dialled, listened }))
  return first === undefined ? [{ addresses, listened }] : [first, ...others]
}

function takerAt(connection: Connection, address: string | undefined): Listened | undefined {
  const chain = chainAt(connection, address)
  const { heard } = connection
  if (chain?.kind === 'HTTP' && chain.record === undefined) return heard.find(({ routed }) => routed)
  return chain === undefined ? undefined : heard.find(({ record }) => record === chain.record)
}

function chainAt({ call, named, scope, heard }: Connection, address: string | undefined): FilterChain | undefined {
  const [first] = heard
  if (first === undefined) return undefined
  const { port } = first
  const dialling = { client: call.client, address, port: port.number, spoken: spokenIn(call), name: named.hostname }
  return takenAt(
    scope,
    dialling,
    heard.map((one) => one.record),
  )
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
