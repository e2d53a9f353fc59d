import { isDate, isMoment } from '../model/moment.js'
import type { AssertionHeader } from '../model/topology/assertion-header.js'
import type { DocumentFault } from './document-fault.js'
import type { Path } from './parsing/pointer-trie.js'

/** What the shape of assertions does not say: one that expects nothing would hold for ever, and so would one whose end cannot be read. */
export const assertionFaults = (assertions: readonly AssertionHeader[], at: Path): readonly DocumentFault[] =>
  assertions.flatMap((assertion, index) =>
    [...faultsOf(assertion)].map(({ code, detail, path }) => ({ code, detail, path: [...at, index, ...path] })),
  )

const fault = (detail: string, ...path: readonly string[]): DocumentFault => ({ code: 'SCHEMA', detail, path })

function* faultsOf(assertion: AssertionHeader): Generator<DocumentFault> {
  const { expect, visible, trusted, until } = assertion
  if ([expect, visible, trusted].every((one) => one === undefined)) {
    yield fault('the assertion expects nothing: it lacks `expect`, `visible` or `trusted`')
  }
  for (const way of ['via', 'notVia'] as const) {
    if (expect === undefined && assertion[way] !== undefined) {
      yield fault(`\`${way}\` is about a call: \`expect\` says what becomes of it`, way)
    }
  }
  for (const side of ['from', 'to'] as const) {
    if (statesNothing(assertion[side])) yield fault(`\`${side}\` states nothing; \`"*"\` means everybody`, side)
  }
  if (until !== undefined && !isDate(until) && !isMoment(until)) {
    const detail = '`until` must be a date such as `2026-12-31`, or a moment such as `2026-12-31T12:00:00Z`'
    yield { code: 'NOT_A_MOMENT', detail, path: ['until'] }
  }
}

const statesNothing = (side: AssertionHeader['from' | 'to']): boolean =>
  side !== '*' && Object.values(side).every((value) => value === null || value === undefined)
