import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopback } from '#engine/istiod/matching/ip-family'
import { isMistyped, nearestNames } from '#engine/istiod/matching/nearest-names'

describe('what was probably meant', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['clinet', ['cart', 'client', 'clients'], ['client', 'clients']],
    ['cart', ['cart', 'cards', 'cart-v2'], ['cart', 'cart-v2', 'cards']],
    ['web', ['database', 'payments'], []],
    ['web', [], []],
    ['web', ['web', 'web'], ['web']],
    ['b', ['e', 'd', 'c', 'a', 'g', 'f'], ['a', 'c', 'd', 'e', 'f']],
  ])('by `%s` among %j is %j, the nearest first and five at most', (wanted, names, expected) => {
    expect(nearestNames(wanted, names)).toEqual(expected)
  })

  it.each([
    ['cart', 'cart', true],
    ['carts', 'cart', true],
    ['crat', 'cart', false],
    ['reveiws', 'reviews', true],
    ['payments', 'reviews', false],
    ['', 'a', true],
    ['', 'ab', false],
  ])('`%s` is `%s` mistyped: %s', (written, meant, expected) => expect(isMistyped(written, meant)).toBe(expected))
})

/** Letters that are put in, left out or changed, cell by cell. */
function stepsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let line = 1; line <= a.length; line += 1) {
    const next = [line]
    for (let column = 1; column <= b.length; column += 1) {
      const kept = (row[column - 1] ?? 0) + (a[line - 1] === b[column - 1] ? 0 : 1)
      next.push(Math.min(kept, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const word = string({ unit: constantFrom('a', 'b', 'c', '-', 'ß'), maxLength: 40 })

it('two names are as near as there are steps between them, of whatever length and letters they are', () => {
  assert(
    property(word, word, (written, meant) => {
      expect(isMistyped(written, meant)).toBe(stepsBetween(written, meant) <= Math.max(1, Math.floor(meant.length / 3)))
    }),
    { numRuns: 2000 },
  )
})

describe('an address of whoever dials it (ROUTE-33)', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.0.1', true],
    ['::1', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::', false],
    ['::2', false],
    ['10.127.0.1', false],
    ['127.0.0', false],
    ['localhost', false],
  ])('is `%s`: %s', (text, expected) => expect(isLoopback(text)).toBe(expected))
})
