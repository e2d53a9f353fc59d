import { traceCall } from '../analysis/trace-call.js'
import { type Problem, isProblem } from '../model/app-error.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { AssertionHeader } from '../model/topology/assertion-header.js'
import type { Verdict } from '../model/verdict.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { holds, type Judged, worstOf } from './held.js'
import { findUnknownWay, judgeWay } from './judge-way.js'
import { judgeVisible } from './judge-visible.js'
import type { Caller } from './select-callers.js'
import type { Servers } from './select-servers.js'
import { nobodyMeant, type Pair, type Problematic, type Tally, tallyPairs, tooManyPairs } from './tally.js'
import { verdictOfServers } from './verdict-of-servers.js'

type Expected = Pick<AssertionHeader, 'expect' | 'via' | 'notVia' | 'visible'>

/** Both sides of an assertion, and at most how many pairs of them are looked at. */
export interface Sides {
  readonly callers: readonly Caller[]
  readonly servers: Servers
  readonly at: number
  readonly most: number
}

/** Every caller with every host, held to what is expected of the call and of what the caller is given. */
export function tallyCalls(snapshot: Snapshot, expected: Expected, { callers, servers, at, most }: Sides): Tally | Problematic {
  const unknown = findUnknownWay(snapshot, expected.via, expected.notVia)
  if (unknown !== undefined) return { problem: unknown }
  const { called, means } = servers
  if (called.length === 0) return nobodyMeant('to', 'Service')
  const count = callers.length * called.length
  if (count > most) return tooManyPairs(count, most)
  return tallyPairs(
    (function* () {
      for (const { from, domain } of callers) {
        for (const { to } of called) yield judgeCall(snapshot, expected, { from, to: to(domain) }, means, at)
      }
    })(),
  )
}

function judgeCall(
  snapshot: Snapshot,
  { expect, via, notVia, visible }: Expected,
  question: ReachabilityQuestion,
  means: Servers['means'],
  at: number,
): Pair | { readonly problem: Problem } {
  const seen = visible === undefined ? holds : judgeVisible(snapshot, question.from, question.to.host, visible)
  if (isProblem(seen)) return seen
  if (expect === undefined) return { ...seen, verdict: null, question, trace: undefined, trust: undefined }
  const trace = traceCall(snapshot, question, at)
  if (isProblem(trace)) return trace
  const verdict = verdictOfServers(trace, means)
  const judged = worstOf([judgeVerdict(verdict, expect), judgeWay(snapshot, trace, via, notVia), seen])
  return { ...judged, verdict, question, trace, trust: undefined }
}

const judgeVerdict = (verdict: Verdict, expect: Verdict): Judged => {
  if (verdict === expect) return holds
  return { held: verdict === 'UNDETERMINED' ? 'OPEN' : 'BROKEN', detail: `the call is ${verdict}, expected ${expect}` }
}
