import { traceCall } from '../analysis/trace-call.js'
import { answerFrom } from '../analysis/answer/answer-from.js'
import { type Problem, isProblem } from '../model/app-error.js'
import type { AssertionResult } from '../model/report.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** Do the verdicts that the document's authors expect hold? A failed one brings the whole answer along; one that cannot be asked has no verdict but a problem. */
export const checkAssertions = (snapshot: Snapshot, at: number): AssertionResult[] =>
  snapshot.assertions.map(({ name, from, to, expect }) => {
    const trace = traceCall(snapshot, { from, to }, at)
    if (isProblem(trace)) return { name, passed: false, verdict: null, expected: expect, problem: told(trace.problem) }
    const passed = trace.verdict === expect
    const { verdict } = trace
    return passed ? { name, passed, verdict } : { name, passed, verdict, expected: expect, trace: answerFrom(trace, { from, to }) }
  })

const told = ({ code, message, details }: Problem): NonNullable<AssertionResult['problem']> => ({
  code,
  message,
  suggestions: [...(details.suggestions ?? [])],
})
