import { describe, expect, it } from 'vitest'
import { decidingPart, distinctConditions, mergeAssumptions } from '#engine/analysis/answer/combine-verdicts'
import { byStage, oneAStage } from '#engine/analysis/answer/one-a-stage'
import type { Assumption } from '#engine/model/step'
import type { UntoldStep } from '#engine/analysis/call/untold-step'
import type { Verdict } from '#engine/model/verdict'

const leg = (index: number): UntoldStep['hop'] => ({ index, kind: index === 0 ? 'GATEWAY' : 'DIRECT', from: 'a', to: 'b' })
const step = (stage: UntoldStep['stage'], index: number, outcome: UntoldStep['outcome'] = 'PASSED'): UntoldStep => ({
  stage,
  outcome,
  reason: 'DIRECT',
  message: `${stage} on leg ${index}`,
  because: [],
  hop: leg(index),
})
const told = (steps: readonly UntoldStep[]) => steps.map(({ message }) => message)

describe('of a stage that a call goes through on two legs (ROUTE-13)', () => {
  it('the leg to the server is told where both passed', () => {
    expect(told(oneAStage([step('TRUST', 0), step('TRUST', 1)], undefined))).toEqual(['TRUST on leg 1'])
  })

  it('the client’s leg is told of what it was given before any packet left', () => {
    expect(told(oneAStage([step('DISCOVERY', 0), step('DISCOVERY', 1)], undefined))).toEqual(['DISCOVERY on leg 0'])
  })

  it('what did not simply pass is told before what did, on whichever leg', () => {
    expect(told(oneAStage([step('TRUST', 0, 'CONDITIONAL'), step('TRUST', 1)], undefined))).toEqual(['TRUST on leg 0'])
    expect(told(oneAStage([step('ROUTE', 0), step('ROUTE', 1, 'CONDITIONAL')], undefined))).toEqual(['ROUTE on leg 1'])
    expect(told(oneAStage([step('TRUST', 0, 'CONDITIONAL'), step('TRUST', 1, 'NOT_APPLICABLE')], undefined))).toEqual(['TRUST on leg 0'])
  })

  it('the step that decided is told before every other', () => {
    const [first, second] = [step('AUTHORIZATION', 0, 'STOPPED'), step('AUTHORIZATION', 1, 'CONDITIONAL')]
    expect(told(oneAStage([first, second], first))).toEqual(['AUTHORIZATION on leg 0'])
    expect(told(oneAStage([first, second], second))).toEqual(['AUTHORIZATION on leg 1'])
    expect(told(oneAStage([second, first], first))).toEqual(['AUTHORIZATION on leg 0'])
  })

  it('every stage stays, in the order in which a call goes through them', () => {
    const steps = [step('TRUST', 0), step('AUTHORIZATION', 0), step('ROUTE', 1), step('TRUST', 1)]
    expect(told(byStage(steps, undefined))).toEqual(['ROUTE on leg 1', 'TRUST on leg 1', 'AUTHORIZATION on leg 0'])
  })

  it('a call of one leg is told as it is', () => {
    const steps = [step('ROUTE', 0), step('TRUST', 0)]
    expect(oneAStage(steps, undefined)).toBe(steps)
  })
})

describe('the part that stands for the whole (FLOW-4)', () => {
  const part = (verdict: Verdict, reason: 'DELIVERED' | 'DENIED' | 'NO_ROUTE' | 'INPUT_MISSING') => ({
    verdict,
    reason,
    decidedBy: undefined,
  })
  it.each([
    ['success is told by the first that arrives', 'REACHABLE', [part('REACHABLE', 'DELIVERED')], 'DELIVERED'],
    ['failure by the first that fails', 'UNREACHABLE', [part('UNREACHABLE', 'NO_ROUTE'), part('UNREACHABLE', 'DENIED')], 'NO_ROUTE'],
    ['both by the one that fails', 'AMBIGUOUS', [part('REACHABLE', 'DELIVERED'), part('UNREACHABLE', 'DENIED')], 'DENIED'],
    ['or that depends', 'AMBIGUOUS', [part('REACHABLE', 'DELIVERED'), part('AMBIGUOUS', 'DENIED')], 'DENIED'],
    [
      'the unknown by what is missing',
      'UNDETERMINED',
      [part('REACHABLE', 'DELIVERED'), part('UNDETERMINED', 'INPUT_MISSING')],
      'INPUT_MISSING',
    ],
  ] as const)('%s', (_story, verdict, parts, reason) => {
    expect(decidingPart(verdict, parts).reason).toBe(reason)
  })

  it('where there is no part at all, input is missing', () => {
    expect(decidingPart('UNREACHABLE', []).reason).toBe('INPUT_MISSING')
  })
})

describe('what several parts say alike', () => {
  const assumption = (message: string): Assumption => ({ code: 'PROTOCOL_ASSUMED', message, because: [] })

  it('is assumed once, in the order in which it was first said', () => {
    const [a, b, again] = [assumption('a'), assumption('b'), assumption('a')]
    expect(mergeAssumptions([[a, b], [], [again], [a, b]]).map(({ message }) => message)).toEqual(['a', 'b'])
  })

  it('is a condition once for each attribute and sentence', () => {
    const condition = (on: string, message: string) => ({ code: 'ROUTE_BY_ATTRIBUTE' as const, on, message, because: [] })
    const list = [condition('path', 'x'), condition('method', 'x'), condition('path', 'x'), condition('path', 'y')]
    expect(distinctConditions(list).map(({ on, message }) => `${on} ${message}`)).toEqual(['path x', 'method x', 'path y'])
  })
})
