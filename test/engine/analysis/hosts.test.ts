import { describe, expect, it } from 'vitest'
import { widenings, wildcardsAmong } from '#engine/analysis/hosts'

describe('the wildcards over a host (VIS-18)', () => {
  const wildcards = wildcardsAmong(['*', '*.com', '*.example.com', '*-api.example.com', 'shop.example.com', '*.org', '*.shop.example.com'])

  it.each([
    ['shop.example.com', ['shop.example.com', '*.example.com', '*.com', '*']],
    ['orders-api.example.com', ['orders-api.example.com', '*-api.example.com', '*.example.com', '*.com', '*']],
    ['a.shop.example.com', ['a.shop.example.com', '*.shop.example.com', '*.example.com', '*.com', '*']],
    // What the wildcard stands for is never empty: the domain itself is not covered.
    ['example.com', ['example.com', '*.com', '*']],
    ['net', ['net', '*']],
    ['*.example.com', ['*.example.com', '*.com', '*']],
    ['*.unknown.org', ['*.unknown.org', '*.org', '*']],
    ['*', ['*']],
  ])('of %s are %j', (host, expected) => {
    expect(widenings(host, wildcards)).toEqual(expected)
  })

  it('are none where nobody knows any', () => {
    expect(widenings('shop.example.com', wildcardsAmong(['shop.example.com', 'example.com']))).toEqual(['shop.example.com'])
  })
})
