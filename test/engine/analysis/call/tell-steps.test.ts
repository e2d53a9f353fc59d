import { describe, expect, it } from 'vitest'
import { stepTeller, type UntoldStep } from '#engine/analysis/call/untold-step'
import { wordsFrom } from '#engine/analysis/call/words'

describe('a step whose sentence is not wanted', () => {
  const read: string[] = []
  const said = (sentence: string): UntoldStep['message'] =>
    wordsFrom(() => {
      read.push(sentence)
      return sentence
    })
  const step: UntoldStep = { stage: 'NETWORK', outcome: 'PASSED', reason: 'DIRECT', message: said('goes straight'), because: [], hop: null }

  it('is told without it, and nothing is put into words', () => {
    expect(stepTeller({ stage: true, reason: true })([step])).toMatchObject([{ stage: 'NETWORK', reason: 'DIRECT', message: '' }])
    expect(read).toEqual([])
  })

  it.each([undefined, true as const, { message: true as const }])('is told with it where the answer is read as %j', (wanted) => {
    expect(stepTeller(wanted)([step])).toMatchObject([{ message: 'goes straight' }])
    expect(read).toEqual(['goes straight'])
  })
})
