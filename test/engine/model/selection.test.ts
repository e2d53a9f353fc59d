import { describe, expect, it } from 'vitest'
import { cursorOf, keyOf } from '#engine/model/stored/cursor'
import { type Selection, selectFields } from '#engine/model/selection'

const answer = {
  verdict: 'REACHABLE',
  steps: [
    { stage: 'NAME', because: [] },
    { stage: 'SCOPE', because: [{ name: 'a' }] },
  ],
  at: null,
}

describe('the wanted part of an answer', () => {
  it.each<[true | Selection, unknown]>([
    [true, answer],
    [{}, {}],
    [{ verdict: true }, { verdict: 'REACHABLE' }],
    [{ at: true }, { at: null }],
    [{ at: { year: true } }, { at: null }],
    [{ nothing: true }, {}],
    [{ steps: { stage: true } }, { steps: [{ stage: 'NAME' }, { stage: 'SCOPE' }] }],
    [{ steps: { because: { name: true } } }, { steps: [{ because: [] }, { because: [{ name: 'a' }] }] }],
    [{ verdict: { inner: true } }, { verdict: 'REACHABLE' }],
  ])('by %j is %j', (selection, expected) => expect(selectFields(answer, selection)).toEqual(expected))
})

describe('a cursor', () => {
  it.each(['a', '10', 'reviews.shop.svc.cluster.local shop', 'läden', '*.example.com \u0000'])('of `%s` leads back to it', (key) => {
    expect(keyOf(cursorOf(key))).toBe(key)
    expect(cursorOf(key)).toMatch(/^[\w-]+$/)
  })

  it.each(['', '=', 'YQ==', 'Y', 'a b', '____'])('that is none of ours, `%s`, has no key', (text) => expect(keyOf(text)).toBeUndefined())
})
