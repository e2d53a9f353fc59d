import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../../src/engine/analysis/call/outcome.js'
import { stop, undetermined } from '../../../../src/engine/analysis/call/outcome.js'
import type { Routed } from '../../../../src/engine/analysis/call/stage-values.js'
import { unrouted } from '../../../../src/engine/analysis/route/default-alternative.js'
import { joinByAddress } from '../../../../src/engine/analysis/route/join-by-address.js'

const because = [{ cluster: 'west', kind: 'ServiceEntry', namespace: 'shop', name: 'x', path: null, line: null }] as never
const led = unrouted('MESH', 80, 'TCP', { reason: 'ROUTED', message: 'it is led on', because })
const passedOn = unrouted('PASSTHROUGH', 80, 'TCP', { reason: 'ADDRESS_NOT_CAPTURED', message: 'it is passed on', because })
const refused = stop('ROUTE', { reason: 'NO_ROUTE', message: 'there is no route', because })
const unknown = undetermined('ROUTE', 'nobody follows this', because)
const joined = (...outcomes: readonly [Outcome<Routed>, ...Outcome<Routed>[]]) => {
  const [first, ...others] = outcomes.map((outcome, position) => ({ addresses: [`240.0.0.${position + 1}`], outcome }))
  return joinByAddress(first as never, others)
}
const endsOf = (outcome: Outcome<Routed>) => outcome.value?.alternatives.map(({ when, ends }) => [when, ends?.reason])

describe('a call that may dial several addresses (DNS-9, VIS-10)', () => {
  it('goes one way where all lead alike', () => {
    expect(joined(led, led)).toBe(led)
    expect(joined(refused, refused)).toBe(refused)
  })

  it('depends on the address, and ends at each for the reason that holds there', () => {
    const outcome = joined(refused, led, passedOn)
    expect(outcome.step.outcome).toBe('CONDITIONAL')
    expect(outcome.conditions.map(({ code }) => code)).toEqual(['ADDRESS_DIALLED'])
    expect(endsOf(outcome)).toEqual([
      ['address `240.0.0.1`', 'NO_ROUTE'],
      ['address `240.0.0.2`', undefined],
      ['address `240.0.0.3`', 'ADDRESS_NOT_CAPTURED'],
    ])
  })

  it('is undetermined where it is at one of them', () => {
    expect(joined(led, unknown)).toBe(unknown)
    expect(joined(refused, passedOn, unknown)).toBe(unknown)
  })

  it('is undetermined where one is passed on as it is and another refused: nothing says which is dialled', () => {
    const outcome = joined(passedOn, refused)
    expect(outcome.because).toBe('UNDETERMINED')
    expect(outcome.step.because).toEqual(because)
    expect(String(outcome.step.message)).toContain('`240.0.0.2`, where there is no route')
  })
})
