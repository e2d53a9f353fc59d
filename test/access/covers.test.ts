import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covers } from '#access/covers'

describe('a pattern of topologies', () => {
  it.each([
    ['shop', 'shop', true],
    ['shop', 'shop-2', false],
    ['shop', 'my-shop', false],
    ['*', 'anything', true],
    ['shop-*', 'shop-eu', true],
    ['shop-*', 'shop-', true],
    ['shop-*', 'shop', false],
    ['*-prod', 'shop-prod', true],
    ['*-prod', 'prod', false],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['a**b', 'ab', true],
    ['*a*', 'bab', true],
    ['a.c', 'abc', false],
  ])('`%s` and `%s`: %s', (pattern, name, expected) => {
    expect(covers([pattern], name)).toBe(expected)
  })

  it('none covers nothing, and one of several is enough', () => {
    expect(covers([], 'shop')).toBe(false)
    expect(covers(['bank', 'shop'], 'shop')).toBe(true)
  })

  it('means what the same expression means', () => {
    const letters = (alphabet: string) => fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }).map((list) => list.join(''))
    fc.assert(
      fc.property(letters('ab-*'), letters('ab-'), (pattern, name) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
        expect(covers([pattern], name)).toBe(same.test(name))
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes the time of the name, however many stars there are', () => {
    const since = performance.now()
    expect(covers(['*a'.repeat(2_000)], `${'a'.repeat(100_000)}b`)).toBe(false)
    expect(performance.now() - since).toBeLessThan(200)
  })
})
