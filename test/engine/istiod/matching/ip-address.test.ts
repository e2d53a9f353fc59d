import { expect, it } from 'vitest'
import { ipFamily } from '#engine/istiod/matching/ip-family'

it.each([
  ['10.0.0.1', 4],
  ['255.255.255.255', 4],
  ['256.0.0.1', undefined],
  ['10.0.0', undefined],
  ['2001:db8::1', 6],
  ['::', 6],
  ['::ffff:10.0.0.1', 6],
  ['1:2:3:4:5:6:7:8', 6],
  ['1:2:3:4:5:6:7', undefined],
  ['1::2::3', undefined],
  ['example.com', undefined],
  ['', undefined],
])('`%s` is of IP family %s', (text, family) => {
  expect(ipFamily(text)).toBe(family)
})
