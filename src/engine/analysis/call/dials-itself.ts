/**
 * Does a pod dial itself by its own address?
 *
 * The traffic rules of a pod hand its proxy nothing that goes by the loopback device, and so does what the application sends to an address of its own:
 * neither the proxy's listeners nor its policies see it. By the address of a Service it goes through the proxy, there and back. Rules ROUTE-33, TLS-11.
 */
import { sparesLoopback } from '../../snapshot/releases.js'
import { remembered } from '../../remembered.js'
import type { Client, ResolvedCall } from './call.js'
import { type Look, noLooks } from './look.js'
import { isCaptured } from '../transport/is-captured.js'
import type { Named, NetworkPath, RouteTarget } from './stage-values.js'

const isTakenFrom = ({ workload: { dataPlane }, view }: Client): boolean =>
  (dataPlane === 'SIDECAR' || dataPlane === 'AMBIENT') && (view === undefined || sparesLoopback(view.controlPlane))

const isOneOfMany = ({ alike = [] }: Client): boolean => alike.length > 1

/** A crowd has thousands. */
const setOf = remembered((list: readonly unknown[]): ReadonlySet<unknown> => new Set(list))

const none: readonly never[] = []

const areAll = ({ addresses }: Named, isOwn: (address: string) => boolean): boolean => addresses.length > 0 && addresses.every(isOwn)

/** Whatever it dials is its own. */
export const dialsItself = (client: Client, named: Named): boolean =>
  areAll(named, (address) => client.workload.ips.includes(address)) && isTakenFrom(client)

/** Where somebody dials himself, those for whom he stands do not. */
export function looksOfDialling(client: Client, named: Named): readonly Look[] {
  if (!isOneOfMany(client) || !isTakenFrom(client)) return noLooks
  const own = setOf(client.addresses ?? none)
  return areAll(named, (address) => own.has(address)) ? ofOneCaller : noLooks
}

const ofOneCaller: readonly Look[] = ['CALLER_ADDRESS']

/** Is an address of its own, or of one for whom it stands, among those that it may dial? */
export function mayDialItself(client: Client, { addresses }: Named): boolean {
  if (!isTakenFrom(client)) return false
  const own = setOf(client.addresses ?? client.workload.ips)
  return addresses.some((address) => own.has(address))
}

type Towards = readonly [target: RouteTarget | undefined, path: NetworkPath]

/** Is the caller itself at the end of the path, however it gets there? What a template stands for may be several pods. */
export const leadsBack = (client: Client, { server, passage }: NetworkPath): boolean =>
  server === client.workload && !server.synthesised && !isOneOfMany(client) && passage === undefined

/** Is it so, and by its own address? */
export const staysInPod = (call: ResolvedCall, ...[target, path]: Towards): boolean =>
  leadsBack(call.client, path) && dialsPods(call, target)

/** Is it one of those for whom the caller stands, and may that make a difference? */
export const mayLeadBack = (call: ResolvedCall, ...[target, path]: Towards): boolean => {
  const { server, serverPort, passage } = path
  return (
    server?.synthesised === false &&
    isOneOfMany(call.client) &&
    passage === undefined &&
    (dialsPods(call, target) || !isCaptured(server, serverPort)) &&
    setOf(call.client.alike ?? none).has(server)
  )
}

const dialsPods = (call: ResolvedCall, target: RouteTarget | undefined): boolean =>
  call.dialsPods === true && (target === undefined || (target.service.headless && target.service.resolution === 'PASSTHROUGH'))
