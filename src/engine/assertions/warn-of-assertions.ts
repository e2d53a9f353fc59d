import { pause } from '../pause.js'
import type { AssertionResult, Finding } from '../model/report.js'
import { headerRef } from '../snapshot/references.js'
import type { Snapshot } from '../snapshot/snapshot.js'

const code = 'ASSERTION_FAILED'

/** What whoever appends a version is told of its assertions that do not hold. */
export const warnOfAssertions = ({ assertions }: Snapshot, failed: readonly AssertionResult[]): Finding[] => {
  // Of two of one name the first.
  const positions = new Map([...assertions.entries()].reverse().map(([position, { name }]) => [name, position]))
  return failed.map((result) => {
    pause()
    const { path, source } = headerRef('Assertion', result.name, `assertions[${positions.get(result.name) ?? -1}]`)
    return {
      code,
      severity: 'WARNING',
      message: `\`${result.name}\` ${result.outcome === 'UNDETERMINED' ? 'is not known to hold' : 'does not hold'}: ${reasonOf(result)}`,
      resource: { cluster: null, kind: 'Assertion', namespace: null, name: result.name },
      path,
      source,
      istio: [],
      kiali: [],
      help: `/rules/${code}`,
    }
  })
}

const reasonOf = ({ problem, message, trace }: AssertionResult): string =>
  [message ?? problem?.message ?? '', ...(trace === undefined ? [] : [trace.summary])].join('; ')
