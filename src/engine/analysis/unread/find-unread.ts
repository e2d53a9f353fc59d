/**
 * What does a path meet that nobody here follows, and that could stop or divert the call?
 *
 * EnvoyFilters and extensions at each of its proxies (the client's, a gateway's in between, the server's), and flags of the control
 * planes behind them. What could not turn a verdict is not told. Of a call that is stopped anyway, filters that could turn it are an assumption: the
 * verdict stands without them. Rules EXT-1, EXT-2, EXT-4 … EXT-7, EXT-9, EXT-10, MODEL-13, ROUTE-15.
 */
import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import { inboundProtocol } from '../../istiod/inbound/inbound-protocol.js'
import type { Passing } from '../../istiod/proxies/passing.js'
import { changesProxies, type Unread, unreadAtProxy } from '../../istiod/proxies/unread-at-proxy.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { unreadFlagsOf } from '../../snapshot/unread-flags.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { assuming, endedWith, type Outcome, type Said, stepOf } from '../call/outcome.js'
import type { NetworkPath, RouteTarget, Transported } from '../call/stage-values.js'
import { excludedFromCapture } from '../route/excluded-from-capture.js'
import { meetsFlag } from './meets-flag.js'

/** An outcome that holds instead of the last one, `otherwise`, where the path meets such things. */
export function findUnread(
  call: Called,
  target: RouteTarget | undefined,
  { path, serverProxied }: Transported,
  otherwise: Outcome<unknown>,
): Outcome<never> | undefined {
  const { client } = call
  const unread = [...atProxies(call, target, path, serverProxied), ...flagsOnPath(client, target, path)]
  if (unread.length === 0) return undefined
  const names = [...new Set(unread.map(({ name }) => name))].join(' and ')
  const message = `${names} could stop or divert the call, and what it does there is not followed; without it, ${String(otherwise.step.message)}`
  const said: Said = { reason: 'NOT_FOLLOWED', message, because: unread.map(({ because }) => because) }
  const { assumptions, lookedAt } = otherwise
  const step = stepOf('AUTHORIZATION', 'UNDETERMINED', said)
  return endedWith(step, 'UNDETERMINED', assumptions, lookedAt)
}

type Called = Pick<ResolvedCall, 'client' | 'host'>

const atProxies = (call: Called, target: RouteTarget | undefined, path: NetworkPath, serverProxied: boolean): readonly Unread[] => [
  ...atClient(call, target, path.dialled),
  ...atGateway(call, target, path),
  ...(serverProxied ? atServer(call.client.snapshot, target, path) : []),
]

/** What is stopped behind the network stays so, as far as nobody changes the proxies that it meets. */
export const assumeUnread = <T>(call: Called, target: RouteTarget | undefined, path: NetworkPath, outcome: Outcome<T>): Outcome<T> =>
  outcome.because === 'STOPPED' ? assuming(outcome, assumed(atProxies(call, target, path, true))) : outcome

/** The same before anything leaves the client's proxy. */
export const assumeUnreadAtClient = <T>(call: Called, port: number | undefined, outcome: Outcome<T>): Outcome<T> =>
  outcome.because === 'STOPPED' ? assuming(outcome, assumed(atClient(call, undefined, { port }))) : outcome

/** Code of someone else's stops calls, and turns none that is stopped. */
const assumed = (unread: readonly Unread[]): readonly Assumption[] =>
  unread
    .filter(({ because }) => because.kind === 'EnvoyFilter')
    .map(({ name, because }) => ({
      code: 'ENVOY_FILTER_NOT_MODELLED',
      message: `${name} is taken not to change that; what it does is not followed`,
      because: [because],
    }))

const seesRequests = (protocol: Protocol): boolean => protocol === 'HTTP' || protocol === 'AUTO'

const carriesRequests = (target: RouteTarget | undefined): boolean =>
  target === undefined || (target.carries !== 'TLS' && seesRequests(target.port.protocol))

interface Dialled {
  readonly address?: string
  readonly port: number | undefined
}

const passesBy = (workload: Workload, { address, port }: Dialled): boolean =>
  port !== undefined && excludedFromCapture(workload, port, address === undefined ? [] : [address]) !== undefined

function atClient({ client, host }: Called, target: RouteTarget | undefined, dialled: Dialled): readonly Unread[] {
  const { view, workload } = client
  if (view === undefined || !changesProxies(view)) return []
  if (target === undefined && passesBy(workload, dialled)) return []
  const passing: Passing = {
    direction: workload.dataPlane === 'GATEWAY' ? 'GATEWAY' : 'OUTBOUND',
    called: host,
    host: target?.service.hostname,
    port: target?.port.number ?? dialled.port,
    podPort: undefined,
    subset: target?.subset ?? '',
    requests: carriesRequests(target),
  }
  return unreadAtProxy(view, workload, passing).map(named('the client’s proxy'))
}

/** Handed on by SNI a gateway sees a connection, and nothing of the requests in it (NET-35). */
function atGateway(
  { client: { snapshot }, host }: Called,
  target: RouteTarget | undefined,
  { passage, dialled }: NetworkPath,
): readonly Unread[] {
  const proxy = passage?.proxy
  const view = viewOf(snapshot, proxy)
  if (proxy === undefined || view === undefined || !changesProxies(view)) return []
  const { service, subset = '', port } = target ?? {}
  const passing: Passing = {
    direction: 'GATEWAY',
    called: host,
    host: service?.hostname,
    port: port?.number,
    podPort: dialled.port,
    subset,
    requests: false,
  }
  return unreadAtProxy(view, proxy, passing).map(named(`gateway \`${proxy.owner.name}\``))
}

function atServer(snapshot: Snapshot, target: RouteTarget | undefined, { server, serverPort }: NetworkPath): readonly Unread[] {
  const view = viewOf(snapshot, server)
  const cluster = snapshot.clusters.get(server?.cluster ?? '')
  if (server === undefined || view === undefined || cluster === undefined || !changesProxies(view)) return []
  const isGateway = server.dataPlane === 'GATEWAY'
  const passing: Passing = {
    direction: isGateway ? 'GATEWAY' : 'INBOUND',
    called: undefined,
    host: undefined,
    port: target?.port.number,
    podPort: serverPort,
    subset: '',
    requests: isGateway || seesRequests(inboundProtocol(view, cluster, server, serverPort)),
  }
  return unreadAtProxy(view, server, passing).map(named('the server’s proxy'))
}

const viewOf = (snapshot: Snapshot, proxy: Workload | undefined): ControlPlaneView | undefined =>
  proxy?.controlPlane === undefined ? undefined : snapshot.view(proxy.controlPlane)

const named =
  (place: string) =>
  ({ name, because }: Unread): Unread => ({ name: `${name} at ${place}`, because })

/** Flags of the client's control plane, of the gateway's and of the server's, each once. */
function flagsOnPath(client: Client, target: RouteTarget | undefined, path: NetworkPath): readonly Unread[] {
  const views = new Set([client.view, viewOf(client.snapshot, path.passage?.proxy), viewOf(client.snapshot, path.server)])
  return flatMap([...views], (view) => {
    if (view === undefined) return []
    const { name: plane, ref } = view.controlPlane
    const unread = unreadFlagsOf(view.controlPlane)
    if (unread.length === 0) return []
    return unread
      .filter(([, { meets }]) => meetsFlag(meets, { client, view, target, path }))
      .map(([name]) => ({ name: `flag \`${name}\` of control plane \`${plane}\``, because: ref }))
  })
}
