import { expect, it } from 'vitest'
import { parseRef } from '#store/resolve-refs'

it.each([
  ['latest', {}],
  ['42', { number: 42 }],
  ['2147483647', { number: 2147483647 }],
  ['2147483648', undefined],
  ['0', undefined],
  ['007', undefined],
  ['production', { tag: 'production' }],
  ['1a', { tag: '1a' }],
  ['sha256:abc', { contentHash: 'sha256:abc' }],
])('a version called %s is looked up by %o', (ref, expected) => {
  expect(parseRef(ref)).toEqual(expected)
})
