import { describe, expect, it } from 'vitest'
import { domainsOver, widenings, wildcardsAmong } from '#engine/istiod/matching/hosts'

describe('the wildcards over a host (VIS-18)', () => {
  const wildcards = wildcardsAmong(['*', '*.com', '*.example.com', '*-api.example.com', 'shop.example.com', '*.org', '*.shop.example.com'])

  it.each([
    ['shop.example.com', ['shop.example.com', '*.example.com', '*.com', '*']],
    ['orders-api.example.com', ['orders-api.example.com', '*-api.example.com', '*.example.com', '*.com', '*']],
    ['a.shop.example.com', ['a.shop.example.com', '*.shop.example.com', '*.example.com', '*.com', '*']],
    ['example.com', ['example.com', '*.com', '*']],
    ['net', ['net', '*']],
    ['*.example.com', ['*.example.com', '*.com', '*']],
    ['*.unknown.org', ['*.unknown.org', '*.org', '*']],
    ['*', ['*']],
  ])('of %s are %j', (host, expected) => {
    expect(widenings(host, wildcards)).toEqual(expected)
  })

  it('cover by their plain ends in configuration, and by at least one character more in domains of routes', () => {
    const plain = wildcardsAmong(['*example.com'])
    expect(widenings('example.com', plain)).toEqual(['example.com', '*example.com'])
    expect(domainsOver('example.com', plain)).toEqual(['example.com'])
    expect(domainsOver('my-example.com', plain)).toEqual(['my-example.com', '*example.com'])
  })

  it('are none where nobody knows any', () => {
    expect(widenings('shop.example.com', wildcardsAmong(['shop.example.com', 'example.com']))).toEqual(['shop.example.com'])
  })
})
