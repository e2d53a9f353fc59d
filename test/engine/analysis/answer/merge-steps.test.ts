import { describe, expect, it } from 'vitest'
import { mergeSteps } from '#engine/analysis/answer/merge-steps'
import type { ReasonCode } from '#engine/model/reasons'
import type { UntoldStep } from '#engine/analysis/call/untold-step'

const step = (message: string, reason: ReasonCode = 'DIRECT', outcome: UntoldStep['outcome'] = 'PASSED'): UntoldStep => ({
  stage: 'NETWORK',
  outcome,
  reason,
  message,
  because: [],
  hop: null,
})
const part = (label: string, ...steps: readonly UntoldStep[]) => ({ steps, count: 1, labels: () => [label] })
const merged = (...parts: Parameters<typeof mergeSteps>[0]) => mergeSteps(parts).steps.map(({ message }) => String(message))

describe('one stage of several parts', () => {
  it('says a sentence once where all say it, and two where there are two', () => {
    expect(merged(part('a', step('x')), part('b', step('x')))).toEqual(['x'])
    expect(merged(part('a', step('x')), part('b', step('y')))).toEqual(['x; y'])
  })

  it('lets the first sentence stand for many of one reason', () => {
    const parts = ['p', 'q', 'q', 'r'].map((message, index) => part(`${index}`, step(message)))
    expect(merged(...parts)).toEqual(['p; and alike for 3 more'])
  })

  it('tells whose sentence is whose where reasons differ', () => {
    const [first, second] = [step('goes straight'), step('goes through', 'VIA_GATEWAY')]
    expect(merged(part('a', first), part('b', second), part('c', first))).toEqual(['goes straight (a, c); goes through (b)'])
    const third = step('goes straight on')
    expect(merged(part('a', first), part('b', second), part('c', third))).toEqual([
      'goes straight (a); goes straight on (c); goes through (b)',
    ])
  })

  it('names a part with two hops once, and counts it once', () => {
    const hops = (label: string) => part(label, step(`to ${label}`), step(`on from ${label}`))
    const parts = [hops('a'), hops('b'), part('c', step('nowhere', 'NOT_LISTENING', 'STOPPED'))]
    expect(merged(...parts)).toEqual(['to a (a, b); and alike for 1 more; nowhere (c)'])
  })

  it('counts the paths that one part stands for', () => {
    const many = { steps: [step('x')], count: 5, labels: () => ['a', 'b', 'c', 'd', 'e'] }
    const other = part('z', step('stops', 'NOT_LISTENING', 'STOPPED'))
    expect(merged(many, other)).toEqual(['x (a, b, c and 2 more); stops (z)'])
  })

  it('adds up what sentences stand for that were cut short before', () => {
    const path = (port: string) => mergeSteps(['a', 'b', 'c'].map((name) => part(name, step(`${name} on ${port}`))))
    const ports = ['80', '81', '82'].map((port) => ({ ...path(port), count: 1, labels: () => [`port ${port}`] }))
    expect(merged(...ports)).toEqual(['a on 80; and alike for 8 more'])
    expect(merged(...ports.slice(0, 2))).toEqual(['a on 80; and alike for 5 more'])
  })

  it('puts nothing into words that nobody reads, and what is read once', () => {
    let asked = 0
    const named = (label: string, one: UntoldStep) => ({ ...part(label, one), labels: () => [`${label}${(asked += 1)}`] })
    const { steps } = mergeSteps([named('a', step('passes')), named('b', step('stops', 'NOT_LISTENING', 'STOPPED'))])
    expect(steps.map(({ outcome, reason }) => ({ outcome, reason }))).toEqual([{ outcome: 'CONDITIONAL', reason: 'NOT_LISTENING' }])
    expect(asked).toBe(0)
    expect(String(steps[0]?.message)).toBe('passes (a1); stops (b2)')
    expect(String(steps[0]?.message)).toBe('passes (a1); stops (b2)')
  })
})
