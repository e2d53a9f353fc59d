/**
 * Does what the document's authors expect hold, for everybody whom it means?
 *
 * Each caller with each host, and each two identities; a call is traced once for all instances that nothing tells apart. How many pairs there may
 * be is bounded, since they multiply: who means more is told to choose fewer.
 */
import { answerFrom } from '../analysis/answer/answer-from.js'
import { toldIn } from '../analysis/answer/told-in.js'
import { traceCall } from '../analysis/trace-call.js'
import { type Problem, isProblem } from '../model/app-error.js'
import type { AssertionOutcome, AssertionResult } from '../model/report.js'
import type { Watch } from '../model/work-signal.js'
import type { SentAssertion } from '../manifests/read-assertions.js'
import type { AssertionHeader } from '../model/topology/assertion-header.js'
import { headerRef } from '../snapshot/references.js'
import { pause } from '../pause.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { selectCallers } from './select-callers.js'
import { selectServers } from './select-servers.js'
import { addTallies, noPairs, nobodyMeant, type Pair, type Problematic, type Tally } from './tally.js'
import { tallyCalls } from './tally-calls.js'
import { tallyIdentities } from './tally-identities.js'

/** Pairs of one assertion, and of all of a report; a pair takes a fraction of a millisecond. */
const most = { ofOne: 10_000, ofAll: 50_000 }

/**
 * In the order in which they are written, those of the document and then those `sent` along; `at`: milliseconds since the epoch.
 *
 * A failed one brings the answer of the first pair that does not hold; one that cannot be asked has no verdict but a problem.
 */
export function checkAssertions(snapshot: Snapshot, at: number, sent: readonly SentAssertion[] = [], watch?: Watch): AssertionResult[] {
  let left = most.ofAll
  const stated = snapshot.assertions.map((assertion, index) => ({ assertion, place: placeOf(assertion, index) }))
  const all = [
    ...stated,
    ...sent.map((assertion) => ({ assertion, place: assertion.source === undefined ? {} : { source: assertion.source } })),
  ]
  const tallyOnce = askedOnce((assertion, room) => tallyOf(snapshot, assertion, at, room))
  return all.map(({ assertion, place }, position) => {
    pause()
    watch?.(position, all.length)
    const tally = tallyOnce(assertion, Math.min(most.ofOne, left))
    if (isProblem(tally)) return { ...unasked(assertion, tally.problem, at), ...place }
    left -= tally.checked
    const result = resultOf(snapshot, assertion, tally, at)
    return result.passed ? result : { ...result, ...place }
  })
}

type Tallied = (assertion: AssertionHeader, room: number) => Tally | Problematic

/** Assertions that ask the same are asked once; one that had no room is asked again. */
function askedOnce(tally: Tallied): Tallied {
  const known = new Map<string, Tally | Problematic>()
  return ({ name: _name, until: _until, ...asked }, room) => {
    const key = JSON.stringify(asked)
    const before = known.get(key)
    if (before !== undefined && (isProblem(before) || before.checked <= room)) return before
    const found = tally({ name: '', ...asked }, room)
    if (!isProblem(found) || found.problem.code !== 'TOO_COMPLEX') known.set(key, found)
    return found
  }
}

/** Where one of the document is written. */
const placeOf = ({ name }: AssertionHeader, index: number): Pick<AssertionResult, 'source'> => ({
  source: headerRef('Assertion', name, `assertions[${index}]`).source,
})

function tallyOf(snapshot: Snapshot, assertion: AssertionHeader, at: number, left: number): Tally | Problematic {
  const callers = selectCallers(snapshot, assertion.from)
  if ('problem' in callers) return callers
  if (callers.length === 0) return nobodyMeant('from', 'workload')
  const servers = selectServers(snapshot, assertion.to)
  if ('problem' in servers) return servers
  const ofCalls = assertion.expect !== undefined || assertion.visible !== undefined
  const calls = ofCalls ? tallyCalls(snapshot, assertion, { callers, servers, at, most: left }) : noPairs
  if (isProblem(calls) || assertion.trusted === undefined) return calls
  const identities = tallyIdentities(snapshot, assertion.trusted, { callers, servers, at, most: left - calls.checked })
  return isProblem(identities) ? identities : addTallies(calls, identities)
}

/** Up to its date a failure is what is expected. */
const failedAs = ({ until }: AssertionHeader, outcome: 'FAILED' | 'UNDETERMINED', at: number): AssertionOutcome =>
  until !== undefined && at < Date.parse(until) ? 'EXPECTED' : outcome

const statedOf = ({ expect, until }: AssertionHeader) => ({
  ...(expect === undefined ? {} : { expected: expect }),
  ...(until === undefined ? {} : { until }),
})

function unasked(assertion: AssertionHeader, { code, message, details }: Problem, at: number): AssertionResult {
  const problem = { code, message, suggestions: [...(details.suggestions ?? [])] }
  const outcome = failedAs(assertion, 'FAILED', at)
  return { name: assertion.name, passed: false, outcome, verdict: null, ...statedOf(assertion), problem }
}

function resultOf(snapshot: Snapshot, assertion: AssertionHeader, { checked, failed, open, told }: Tally, at: number): AssertionResult {
  const { name } = assertion
  const pairs = { checked, failed, undetermined: open }
  const verdict = told?.verdict ?? null
  if (told === undefined || failed + open === 0) return { name, passed: true, outcome: 'PASSED', verdict, pairs }
  const outcome = failedAs(assertion, failed > 0 ? 'FAILED' : 'UNDETERMINED', at)
  return { name, passed: false, outcome, verdict, ...statedOf(assertion), pairs, message: told.detail, ...evidenceOf(snapshot, told, at) }
}

/** The whole answer to the pair that is told; of what is only visible or not, the call that it is about. */
function evidenceOf(snapshot: Snapshot, { question, trace, trust }: Pair, at: number): Pick<AssertionResult, 'call' | 'trace' | 'trust'> {
  if (question === undefined) return trust === undefined ? {} : { trust }
  const told = trace ?? traceCall(snapshot, question, at)
  return { call: question, ...(isProblem(told) ? {} : { trace: answerFrom(told, toldIn(snapshot, question)) }) }
}
