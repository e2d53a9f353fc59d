import { flatMap } from '../../flat-map.js'
import { condition } from '../call/condition.js'
import { distinctRefs } from '../call/distinct-refs.js'
import { type Outcome, type Passed, passedWith, undetermined } from '../call/outcome.js'
import type { Routed } from '../call/stage-values.js'
import { wayOf } from '../call/way-of.js'
import type { Alternative } from './find-target.js'

/** What becomes of a call that dials one of these addresses. */
interface AtAddresses {
  readonly addresses: readonly string[]
  readonly outcome: Outcome<Routed>
}

/**
 * What becomes of a call whose name has addresses of several records: which of them the application dials decides (DNS-9, VIS-10).
 *
 * What is not known of one address is not known of the call; nor is where it goes if some of its addresses are passed on as they are, and nothing at the
 * others leads on.
 */
export function joinByAddress(first: AtAddresses, others: readonly AtAddresses[]): Outcome<Routed> {
  const parts = [first, ...others]
  if (others.every(({ outcome }) => wayOf(outcome) === wayOf(first.outcome))) return first.outcome
  const open = parts.find(({ outcome }) => outcome.because === 'UNDETERMINED')
  if (open !== undefined) return open.outcome
  const because = distinctRefs(flatMap(parts, ({ outcome }) => outcome.step.because))
  const led = parts.map(({ outcome }) => outcome).find((outcome) => isLed(outcome))
  if (led === undefined)
    return parts.some(({ outcome }) => outcome.passed) ? undetermined('ROUTE', tellEach(parts), because) : first.outcome
  const alternatives = flatMap(parts, (part) => (isLed(part.outcome) ? ledAt(part.addresses, part.outcome.value) : [endedAt(part)]))
  const [elsewhere = first] = parts.filter(({ outcome }) => outcome !== led)
  const conditions = [condition('ADDRESS_DIALLED', dials(elsewhere), because)]
  const assumptions = flatMap(parts, ({ outcome }) => outcome.assumptions)
  return passedWith({ ...led.step, outcome: 'CONDITIONAL' }, { ...led.value, alternatives }, conditions, assumptions, led.lookedAt)
}

const isLed = (outcome: Outcome<Routed>): outcome is Passed<Routed> => outcome.passed && outcome.value.mode === 'MESH'

const when = (addresses: readonly string[]): string => `address ${listed(addresses)}`
const listed = (addresses: readonly string[]): string => `\`${addresses.join('`, `')}\``

const ledAt = (addresses: readonly string[], { alternatives }: Routed): readonly Alternative[] =>
  alternatives.map((one) => ({ ...one, when: one.when ?? when(addresses) }))

/** Passed on as it is, or stopped there for a reason of its own. */
const endedAt = ({ addresses, outcome }: AtAddresses): Alternative => ({
  when: when(addresses),
  targets: [],
  ends: {
    reason: outcome.passed ? 'ADDRESS_NOT_CAPTURED' : outcome.step.reason,
    message: dials({ addresses, outcome }),
    because: outcome.step.because,
    delivered: false,
  },
})

const dials = ({ addresses, outcome }: AtAddresses): string =>
  `the application may dial ${listed(addresses)}, where ${String(outcome.step.message)}`

const tellEach = (parts: readonly AtAddresses[]): string => parts.map(dials).join('; or ')
