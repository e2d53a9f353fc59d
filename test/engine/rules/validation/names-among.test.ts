import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesAmong } from '#engine/rules/validation/names-among'

/** Every name that `a` stands for is one that `b` stands for, as Istio's `Name.SubsetOf` has it (pkg/config/host). */
const isSubset = (a: string, b: string): boolean =>
  b.startsWith('*') ? a.replace(/^\*/, '').endsWith(b.slice(1)) && (!a.startsWith('*') || a.length >= b.length) : a === b

describe('names among others', () => {
  it('are covered by themselves, and by wildcards', () => {
    const among = namesAmong(['a.example', '*.shop.example', '*api.test'])
    expect(['a.example', 'b.shop.example', '*.b.shop.example', 'my-api.test'].map(among.covers)).toEqual([true, true, true, true])
    expect(['b.example', 'shop.example', '*.example', '*'].map(among.covers)).toEqual([false, false, false, false])
  })

  it('overlap with the first that covers them, or that they cover', () => {
    const among = namesAmong(['x.test', 'a.shop.example', '*.shop.example', '*'])
    expect(['x.test', 'a.shop.example', '*.example', '*.shop.example', '*.other'].map(among.firstOverlapping)).toEqual([0, 1, 1, 1, 3])
    expect(namesAmong(['a.example']).firstOverlapping('b.example')).toBe(Number.POSITIVE_INFINITY)
  })

  it('are told as holding each against each tells them', () => {
    const name = fc
      .tuple(fc.constantFrom('', '*', '*.', 'a.', 'ab.', '*b.'), fc.constantFrom('a', 'b.a', 'c.b.a', 'ca', ''))
      .map(([first, rest]) => first + rest)
    fc.assert(
      fc.property(fc.array(name, { maxLength: 9 }), name, (names, other) => {
        const among = namesAmong(names)
        for (const asked of [...names, other]) {
          const first = names.findIndex((one) => isSubset(one, asked) || isSubset(asked, one))
          expect(among.firstOverlapping(asked)).toBe(first < 0 ? Number.POSITIVE_INFINITY : first)
          expect(among.covers(asked)).toBe(names.some((one) => isSubset(asked, one)))
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
