import { describe, expect, it } from 'vitest'
import { compact, labelPriority, localityMatches, localityPriority } from '#engine/analysis/distribution/locality-priority'

describe('priority by locality', () => {
  const client = 'us-west1/us-west1-a/rack1'
  it.each([
    ['the same subzone is 0', 'us-west1/us-west1-a/rack1', 0],
    ['another subzone of the zone is 1', 'us-west1/us-west1-a/rack2', 1],
    ['another zone of the region is 2', 'us-west1/us-west1-b/rack1', 2],
    ['another region is 3', 'us-east1/us-east1-a/rack1', 3],
    ['no locality is another region', '', 3],
  ])('%s (LB-5)', (_title, other, expected) => {
    expect(localityPriority(client, other, [])).toBe(expected)
  })

  it('two empty localities are equal (LB-13)', () => {
    expect(localityPriority('', '', [])).toBe(0)
  })

  it('a region that failover does not lead to comes after the one it leads to (LB-5)', () => {
    const failover = [{ from: 'us-west1', to: 'us-east1' }]
    expect(localityPriority(client, 'us-east1/us-east1-a', failover)).toBe(3)
    expect(localityPriority(client, 'eu-west1/eu-west1-b', failover)).toBe(4)
    expect(localityPriority('eu-west1', 'asia1', failover)).toBe(3)
  })
})

describe('priority by labels', () => {
  const region = 'topology.kubernetes.io/region'
  const zone = 'topology.kubernetes.io/zone'
  const network = 'topology.istio.io/network'
  const proxy = { [network]: 'n1', [region]: 'r1', [zone]: 'z1', version: 'v1' }
  it.each([
    ['all labels equal is 0', [region, zone], { [region]: 'r1', [zone]: 'z1' }, 0],
    ['the last label differs: one is left', [region, zone], { [region]: 'r1', [zone]: 'z2' }, 1],
    ['the first label differs: all are left, whatever follows', [region, zone], { [region]: 'r2', [zone]: 'z1' }, 2],
    ['a value in the list replaces the value of the proxy', ['version=v2'], { version: 'v2' }, 0],
    ['another network first in the list adds the number of labels', [network, region], { [network]: 'n2', [region]: 'r1' }, 2],
    ['and the rest is still compared', [network, region], { [network]: 'n2', [region]: 'r2' }, 3],
  ])('%s (LB-6)', (_title, keys, endpoint, expected) => {
    expect(labelPriority(keys, proxy, endpoint)).toBe(expected)
  })
})

describe('locality patterns', () => {
  it.each([
    ['us-west1', 'us-west1/a/x', true],
    ['us-west1/*', 'us-west1/a', true],
    ['us-west1/a/*', 'us-west1/b/x', false],
    ['*', 'anywhere/a', true],
    ['us-west1/a', 'us-west1/a/x', true],
    ['us', 'us-west1', false],
  ])('`%s` against `%s` (LB-4)', (pattern, locality, expected) => {
    expect(localityMatches(pattern, locality)).toBe(expected)
  })
})

it('priorities are closed up without gaps (LB-5)', () => {
  expect(compact([3, 0, 3, 2, undefined])).toEqual([2, 0, 2, 1, undefined])
})
