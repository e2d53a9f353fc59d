import { followToRoute } from '../analysis/follow-to-route.js'
import type { RouteTarget } from '../analysis/call/stage-values.js'
import type { Situation } from './situation.js'

/** Where the routes of the clients' proxies send the call. */
export const chosenTargets = ({ calls, question }: Situation): readonly RouteTarget[] =>
  calls.flatMap((call) =>
    followToRoute(call, question.to.port ?? undefined).ports.flatMap(({ outcome }) =>
      outcome.passed ? outcome.value.alternatives.flatMap(({ targets }) => targets) : [],
    ),
  )
