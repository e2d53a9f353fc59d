import { describe, expect, it } from 'vitest'
import { rankAvailability, type Site } from '#engine/deployment/rank-availability'

/** `name@region/zone`, parts left out where nothing says. */
const site = (text: string): Site => {
  const [cluster = '', place = ''] = text.split('@')
  const [region = '', zone = ''] = place.split('/')
  return { cluster, region, zone }
}

const cases: readonly (readonly [story: string, clusters: readonly string[], planes: readonly string[], rank: string])[] = [
  ['one control plane, however many clusters', ['a@r1/z1', 'b@r2/z1'], ['a@r1/z1'], 'SINGLE_CONTROL_PLANE'],
  ['a control plane in every cluster comes before zones', ['a@r1/z1', 'b@r1/z2'], ['a@r1/z1', 'b@r1/z2'], 'EVERY_CLUSTER'],
  ['in every cluster, wherever they stand', ['a', 'b'], ['a', 'b'], 'EVERY_CLUSTER'],
  [
    'two hosting clusters in each zone',
    ['a@r/z1', 'b@r/z1', 'c@r/z1', 'd@r/z2', 'e@r/z2'],
    ['a@r/z1', 'b@r/z1', 'd@r/z2', 'e@r/z2'],
    'CLUSTERS_PER_ZONE',
  ],
  ['one hosting cluster in each zone', ['a@r/z1', 'b@r/z1', 'c@r/z2'], ['a@r/z1', 'c@r/z2'], 'CLUSTER_PER_ZONE'],
  [
    'zones of two regions that share a name are two zones',
    ['a@r1/z1', 'b@r2/z1', 'c@r2/z1', 'd@r1/z1'],
    ['a@r1/z1', 'd@r1/z1'],
    'UNRANKED',
  ],
  ['two hosting clusters in each region, a zone without', ['a@r/z1', 'b@r/z1', 'c@r/z2'], ['a@r/z1', 'b@r/z1'], 'CLUSTERS_PER_REGION'],
  ['one in each region', ['a@r1/z1', 'b@r1/z2', 'c@r2/z1', 'd@r2/z2'], ['a@r1/z1', 'c@r2/z1'], 'CLUSTER_PER_REGION'],
  ['a region without any', ['a@r1/z1', 'b@r1/z1', 'c@r2/z1'], ['a@r1/z1', 'b@r1/z1'], 'UNRANKED'],
  ['zones are not given and would decide', ['a@r1', 'b@r1', 'c@r2', 'd@r2'], ['a@r1', 'c@r2'], 'UNDETERMINED'],
  ['nothing is given of where they stand', ['a', 'b', 'c'], ['a', 'b'], 'UNDETERMINED'],
  ['a missing zone does not decide where a whole region has none', ['a@r1/z1', 'b@r1/z2', 'c@r2'], ['a@r1/z1', 'b@r1/z2'], 'UNRANKED'],
  [
    'two revisions in one cluster are two control planes in one place',
    ['a@r1/z1', 'b@r1/z1', 'c@r1/z1'],
    ['a@r1/z1', 'a@r1/z1'],
    'CLUSTER_PER_ZONE',
  ],
  ['no control plane is known', ['a@r1/z1'], [], 'UNRANKED'],
]

describe('availability of a mesh (TOPO-5)', () => {
  it.each(cases)('%s', (_story, clusters, planes, rank) => {
    expect(rankAvailability(clusters.map(site), planes.map(site))).toBe(rank)
  })
})
