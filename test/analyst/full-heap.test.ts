import { describe, expect, it } from 'vitest'
import { fullHeap } from '#analyst/turn-taking/full-heap'

/** What is told at each look, of a heap of 100 bytes. */
function looks(...used: readonly number[]): readonly boolean[] {
  let at = -1
  const isFull = fullHeap(
    () => at * 50,
    () => ({ used: used[at] ?? 0, limit: 100 }),
  )
  return used.map(() => {
    at += 1
    return isFull()
  })
}

describe('a heap is full', () => {
  it('where nearly all of it is left after a collection', () => expect(looks(70, 99, 90)).toEqual([false, false, true]))
  it('until less is left', () => expect(looks(99, 90, 95, 40, 90)).toEqual([false, true, true, false, false]))
  it('not where it may be garbage that fills it', () => expect(looks(80, 90, 95, 99)).toEqual([false, false, false, false]))
})
