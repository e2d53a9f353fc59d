import { describe, expect, it } from 'vitest'
import { flatMap } from '#engine/flat-map'

describe('what things lead to as one list', () => {
  it('is what the language makes of it: none, one or several of each, one level deep, in order', () => {
    const leadsTo = (thing: number, index: number): unknown => [[], thing, [thing, index], [[thing], [index]]][thing] ?? []
    for (const things of [[], [0], [1], [2], [3], [0, 1, 2, 3, 2, 1, 0, 4]])
      expect(flatMap(things, leadsTo)).toEqual(things.flatMap(leadsTo))
  })

  it('shares no list with whoever made one', () => {
    const own = [1, 2]
    const all = flatMap([own], (one) => one)
    expect(all).toEqual(own)
    expect(all).not.toBe(own)
  })
})
