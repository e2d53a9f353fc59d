import { flatMap } from '../../flat-map.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { condition } from '../call/condition.js'
import { distinctRefs } from '../call/distinct-refs.js'
import { type Outcome, type Passed, passedWith } from '../call/outcome.js'
import type { Routed } from '../call/stage-values.js'
import { wayOf } from '../call/way-of.js'
import type { Alternative } from './find-target.js'

/** What becomes of a call that dials one of these addresses. */
interface AtAddresses {
  readonly addresses: readonly string[]
  readonly outcome: Outcome<Routed>
}

/** What becomes of a call whose name has addresses of several records: which of them the application dials decides (DNS-9, VIS-10). */
export function joinByAddress(scope: ProxyScope, first: AtAddresses, others: readonly AtAddresses[]): Outcome<Routed> {
  const parts = [first, ...others]
  const led = parts.map(({ outcome }) => outcome).find((outcome) => isLed(outcome))
  if (led === undefined || others.every(({ outcome }) => wayOf(outcome) === wayOf(first.outcome))) return first.outcome
  const alternatives = flatMap(parts, (part) => (isLed(part.outcome) ? ledAt(part.addresses, part.outcome.value) : [endedAt(scope, part)]))
  const because = distinctRefs(flatMap(parts, ({ outcome }) => outcome.step.because))
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

function endedAt({ outboundMode }: ProxyScope, part: AtAddresses): Alternative {
  const reason = outboundMode === 'REGISTRY_ONLY' ? 'BLACKHOLED' : 'ADDRESS_NOT_CAPTURED'
  return {
    when: when(part.addresses),
    targets: [],
    ends: { reason, message: dials(part), because: part.outcome.step.because, delivered: false },
  }
}

const dials = ({ addresses, outcome }: AtAddresses): string =>
  `the application may dial ${listed(addresses)}, where ${String(outcome.step.message)}`
