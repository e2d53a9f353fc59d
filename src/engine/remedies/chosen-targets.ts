import type { ResolvedCall } from '../analysis/call/call.js'
import { resolveName } from '../analysis/name/resolve-name.js'
import { portsOf } from '../analysis/route/ports-of.js'
import { chooseRoute } from '../analysis/route/choose-route.js'
import { findInScope } from '../analysis/scope/find-in-scope.js'
import type { RouteTarget } from '../analysis/call/stage-values.js'
import type { Situation } from './situation.js'

/** Where the routes of the clients' proxies send the call. */
export const chosenTargets = ({ calls, question }: Situation): readonly RouteTarget[] =>
  calls.flatMap((call) => targetsOf(call, question.to.port ?? undefined))

const targetsOf = (call: ResolvedCall, asked: number | undefined): readonly RouteTarget[] => {
  const named = resolveName(call)
  if (!named.passed) return []
  const scoped = findInScope(named.value)
  if (!scoped.passed) return []
  const ports = asked === undefined ? portsOf(scoped.value) : [asked]
  return ports.flatMap((port) => {
    const routed = chooseRoute(scoped.value, port)
    return routed.passed ? routed.value.alternatives.flatMap(({ targets }) => targets) : []
  })
}
