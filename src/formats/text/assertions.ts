import { pausing } from '#engine/pause'
import type { AssertionResult } from '#engine/model/report'
import type { Part } from '../parts/part.js'
import { items } from '../parts/tell.js'
import { shadeOf } from './paint.js'
import { placeOf } from './resource.js'

/** Each with what became of it; of one that does not hold, what is so instead. */
export const tellAssertions = (assertions: readonly AssertionResult[]): readonly Part[] =>
  items(
    Array.from(pausing(assertions), (assertion) => ({
      cells: [{ text: assertion.outcome, shade: shadeOf(assertion.outcome) }, assertion.name, outcomeOf(assertion)],
      below: [...writtenAt(assertion), ...reasonsOf(assertion)].map((text) => ({ text, shade: 'faint' })),
    })),
  )

/** Where the one that does not hold is written. */
function writtenAt({ source }: AssertionResult): readonly string[] {
  const place = placeOf(source)
  return place === '' ? [] : [`written at ${place}`]
}

function outcomeOf({ passed, expected, verdict, until, problem }: AssertionResult): string {
  if (passed) return verdict ?? ''
  const so = problem !== undefined ? 'cannot be asked' : isTurned(verdict, expected) ? `is ${verdict}` : 'does not hold'
  const accepted = until === undefined ? [] : [`may fail until ${until}`]
  return [...(expected === undefined ? [] : [`expected ${expected}`]), so, ...accepted].join(', ')
}

/** Is it the verdict itself that is another one? */
const isTurned = (verdict: AssertionResult['verdict'], expected: AssertionResult['expected'] | undefined): boolean =>
  verdict !== null && verdict !== expected

const failingOf = (pairs: AssertionResult['pairs']): readonly string[] =>
  pairs === undefined || pairs.checked < 2 || pairs.failed + pairs.undetermined === 0
    ? []
    : [`of ${pairs.checked} pairs ${pairs.failed} fail and ${pairs.undetermined} are open; the first:`]

function reasonsOf({ message, pairs, verdict, expected, trace, trust, problem }: AssertionResult): string[] {
  if (problem !== undefined) {
    const near = problem.suggestions.map((name) => `\`${name}\``).join(', ')
    return [problem.message, ...(near === '' ? [] : [`did you mean ${near}?`])]
  }
  const lines = [
    ...failingOf(pairs),
    ...(message === undefined || isTurned(verdict, expected) ? [] : [message]),
    ...[trace?.summary ?? trust?.summary].filter((line) => line !== undefined),
  ]
  return [...new Set(lines)]
}
