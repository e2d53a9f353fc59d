import { describe, expect, it } from 'vitest'
import { readRange } from '#engine/rules/networks/address-range'

const sizeOf = (cidr: string): bigint | undefined => {
  const range = readRange(cidr)
  return range === undefined ? undefined : range.last - range.first + 1n
}

describe('a range of addresses (TOPO-4)', () => {
  it.each([
    ['10.0.0.0/8', 2n ** 24n],
    ['10.1.2.3/32', 1n],
    ['10.1.2.3', 1n],
    ['0.0.0.0/0', 2n ** 32n],
    ['fd00::/8', 2n ** 120n],
    ['::/0', 2n ** 128n],
    ['2001:db8::1', 1n],
  ])('`%s` holds %i addresses', (cidr, size) => {
    expect(sizeOf(cidr)).toBe(size)
  })

  it.each([
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['10.1.255.255/16', '10.1.0.0/16'],
    ['2001:DB8::/32', '2001:0db8:0:0:0:0:0:0/32'],
    ['2001:db8::1/64', '2001:db8::/64'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['1::', '1:0:0:0:0:0:0:0'],
  ])('`%s` is the range `%s`', (one, other) => {
    expect(readRange(one)).toBeDefined()
    expect(readRange(one)).toEqual(readRange(other))
  })

  it.each([
    '',
    'banana',
    '10.0.0/8',
    '10.0.0.0.0/8',
    '10.0.0.256/8',
    '10.0.0.-1/8',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8.5',
    '10.0.0.0/x',
    'fd00::/129',
    'fd00::1::2/64',
    'fd00:1:2:3/64',
    '1:2:3:4:5:6:7:8:9',
    'fd00::xyz/64',
    'fd00::12345/64',
  ])('`%s` is none', (text) => {
    expect(readRange(text)).toBeUndefined()
  })

  it('IPv4 and IPv6 are told apart, though numbers are equal', () => {
    expect(readRange('0.0.0.1')?.first).toBe(readRange('::1')?.first)
    expect(readRange('0.0.0.1')?.family).not.toBe(readRange('::1')?.family)
  })
})
