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
