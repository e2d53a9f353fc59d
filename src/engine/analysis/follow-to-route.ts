/**
 * How far does a call get before anybody looks at endpoints: NAME → SCOPE → ROUTE, the last for each port that is meant (FLOW-3)?
 *
 * Whoever asks where a call goes, but not whether it arrives, asks here: the stages and their order are told once.
 */
import { flatMap } from '../flat-map.js'
import type { SpokenProtocol } from '../model/question.js'
import type { NearMiss } from '../model/step.js'
import type { ResolvedCall } from './call/call.js'
import { nearing, type Outcome } from './call/outcome.js'
import { nearFates } from './near/near-fates.js'
import { nearNames } from './near/near-names.js'
import { nearRoutes } from './near/near-routes.js'
import { nearRules } from './near/near-rules.js'
import { nearSidecars } from './near/near-sidecars.js'
import { nearClusterset, nearUnread } from './near/near-unread.js'
import { nearWritten } from './near/near-written.js'
import { scopeOf } from '../istiod/scope/scope-of.js'
import { sentOn } from './call/sent-on.js'
import { takenIn } from './call/taken-in.js'
import { emptyRecorder, type Recorder, record } from './call/recorder.js'
import type { InScope, Named, Routed } from './call/stage-values.js'
import { resolveName } from './name/resolve-name.js'
import { judgeNameLookup } from './network-policy/judge-name-lookup.js'
import { chooseRoute } from './route/choose-route.js'
import { routeByZtunnel } from './route/route-by-ztunnel.js'
import { declaredPort, portsOf } from './route/ports-of.js'
import { calledByAuthority } from './scope/called-by-authority.js'
import { findInScope } from './scope/find-in-scope.js'
import type { PortRoute } from './port-route.js'
import { spokenWays } from './spoken-ways.js'
import { assumeUnreadAtClient } from './unread/find-unread.js'
import { openName } from './unread-kinds/open-name.js'
import { openRoute } from './unread-kinds/open-route.js'
import { openScope } from './unread-kinds/open-scope.js'

export interface ToRoute {
  readonly call: ResolvedCall
  /** What NAME and SCOPE said. */
  readonly recorder: Recorder
  /** Undefined where the name does not resolve. */
  readonly named: Named | undefined
  /** Set where NAME or SCOPE ended the call. */
  readonly ended: 'STOPPED' | 'UNDETERMINED' | undefined
  /** One for each port, or two where requests and other connections go apart; none where the question names no port and nothing else does. */
  readonly ports: readonly PortRoute[]
}

/** From the name on; `asked` is the port of the question. */
export const followToRoute = (call: ResolvedCall, asked: number | undefined): ToRoute => {
  const resolved = openName(call, judgeNameLookup(call, resolveName(call)))
  const outcome: Outcome<Named> = resolved.passed ? resolved : nearing<Named>(resolved, () => [...nearOfSet(call), ...nearNames(call)])
  const recorder = record(emptyRecorder, outcome)
  if (!outcome.passed) return { call, recorder, named: undefined, ended: outcome.because, ports: [] }
  return followFromScope(call, outcome.value, asked, recorder)
}

/** The same for a name that is resolved already: a gateway's second call has the host of the first. */
export const followFromScope = (call: ResolvedCall, dialled: Named, asked: number | undefined, before = emptyRecorder): ToRoute => {
  const called = asked === undefined ? undefined : calledByAuthority(call, dialled, asked)
  const { named = dialled, unknown } = called ?? {}
  const found = unknown ?? findInScope(call, named, asked)
  const outcome = withSidecars(call, openScope(call, named, assumeUnreadAtClient(call, asked, found)))
  const recorder = record(before, outcome)
  if (!outcome.passed) return { call, recorder, named, ended: outcome.because, ports: [] }
  const ports = asked === undefined ? portsOf(call.client, named, outcome.value) : [asked]
  if (asked === undefined && isForAnother(call, dialled, ports)) return followFromScope(call, dialled, ports[0], before)
  return { call, recorder, named, ended: undefined, ports: flatMap(ports, (port) => routesOn(call, named, outcome.value, port)) }
}

/** Is the request for another host than the one whose only port this is? */
const isForAnother = (call: ResolvedCall, dialled: Named, [only, ...others]: readonly number[]): boolean =>
  only !== undefined && others.length === 0 && calledByAuthority(call, dialled, only) !== undefined

/** With Sidecars that shape another proxy than the client's, or none. */
const withSidecars = (call: ResolvedCall, outcome: Outcome<InScope>): Outcome<InScope> => {
  const scope = outcome.passed ? outcome.value.scope : scopeOf(call.client)
  return scope === undefined ? outcome : nearing(outcome, () => [...nearOfSet(call), ...nearSidecars(call.client, scope)])
}

/** With what a set of clusters offers by this name, where nobody is told of it. */
const nearOfSet = ({ client: { view }, host }: ResolvedCall): readonly NearMiss[] => (view === undefined ? [] : nearClusterset(view, host))

/** With VirtualServices and DestinationRules of the host that have no say. */
const withNearRoutes = (call: ResolvedCall, named: Named, { scope, service }: InScope, outcome: Outcome<Routed>): Outcome<Routed> => {
  if (scope === undefined) return outcome
  const hostname = service?.hostname ?? named.hostname
  const targets = outcome.passed ? flatMap(outcome.value.alternatives, (alternative) => alternative.targets) : []
  const { view } = scope
  const { workload } = call.client
  return nearing(outcome, () => [
    ...nearFates(view, hostname, workload),
    ...nearUnread(view, { hostname, atGateway: workload.dataPlane === 'GATEWAY' }),
    ...nearRoutes({ call, scope, hostname, step: outcome.step }),
    ...nearRules(call.client, targets),
    ...nearWritten(view, hostname, 'virtualServices'),
    ...nearWritten(view, hostname, 'destinationRules'),
  ])
}

const routesOn = (asked: ResolvedCall, named: Named, inScope: InScope, port: number): readonly PortRoute[] => {
  const routeAs = (protocol: SpokenProtocol) => routeOn({ ...asked, attributes: { ...asked.attributes, protocol } }, named, inScope, port)
  return spokenWays(inScope, routeOn(asked, named, inScope, port), routeAs)
}

const routeOn = (asked: ResolvedCall, named: Named, inScope: InScope, port: number): PortRoute => {
  const call = takenIn(sentOn(asked, port, declaredPort(asked.client, named, inScope, port)))
  const choose = call.client.workload.dataPlane === 'AMBIENT' ? routeByZtunnel : chooseRoute
  const outcome = assumeUnreadAtClient(call, port, choose(call, named, inScope, port))
  return { named, port, call, outcome: withNearRoutes(call, named, inScope, openRoute(call, named, inScope, outcome)) }
}
