import { describe, expect, it } from 'vitest'
import { parseCidr } from '#engine/snapshot/networks/cidr'

describe('ranges of addresses', () => {
  it.each<[string, string, boolean]>([
    ['10.1.0.0/16', '10.1.255.255', true],
    ['10.1.0.0/16', '10.2.0.0', false],
    ['10.1.7.9/16', '10.1.0.1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['192.168.1.128/25', '192.168.1.127', false],
    ['192.168.1.128/25', '192.168.1.255', true],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['fd00::/8', 'fdff:1::2', true],
    ['fd00::/8', 'fe00::1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['FD00::A/128', 'fd00::a', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['10.0.0.0/8', 'nothing', false],
    ['10.0.0.0/8', '', false],
  ])('%s holds %s: %s (NET-1)', (range, address, holds) => {
    expect(parseCidr(range)?.contains(address)).toBe(holds)
  })

  it.each([
    '',
    '10.0.0',
    '10.0.0.0.0',
    '10.0..1',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/1.5',
    '10.0.0.0/1e1',
    '10.0.0.0/08',
    '0x0a.0.0.1',
    '10.0.0.01',
    'fd00::/129',
    'fd00::1::2',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    'fd00::g',
    'east',
  ])('"%s" is none', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })

  it.each([
    ['10.0.0.0/8', 8],
    ['10.0.0.1', 32],
    ['fd00::/8', 8],
    ['fd00::1', 128],
  ])('%s leaves open what follows its first %i bits, by which the widest is found (NET-1)', (text, prefix) => {
    expect(parseCidr(text)?.prefix).toBe(prefix)
  })
})
