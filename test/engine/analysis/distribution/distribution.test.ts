import { describe, expect, it } from 'vitest'
import { cluster, eastWest, istio, namespace, pod, type Raw, service, topology } from '../objects.js'
import { walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const node = (name: string, region: string, zone: string): Raw => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { 'topology.kubernetes.io/region': region, 'topology.kubernetes.io/zone': zone, 'kubernetes.io/hostname': name },
  },
})
const on = (name: string, ip: string, nodeName: string, labels: Raw = {}): Raw =>
  pod(name, ip, { app: 'reviews', ...labels }, { spec: { nodeName } })
const rule = (trafficPolicy: Raw): Raw => istio('DestinationRule', 'reviews', { host, trafficPolicy })
const outliers = { outlierDetection: { consecutive5xxErrors: 5 } }
const client = pod('web', '10.1.0.99', { app: 'web' }, { spec: { nodeName: 'w1' } })
const nodes = [node('w1', 'us-west1', 'a'), node('w2', 'us-west1', 'b'), node('e1', 'us-east1', 'a'), node('m1', 'eu1', 'a')]

/** One endpoint each: in the client's zone, in another zone, in two other regions. */
const reviews = [
  on('r-near', '10.1.0.1', 'w1'),
  on('r-zone', '10.1.0.2', 'w2'),
  on('r-east', '10.1.0.3', 'e1'),
  on('r-eu', '10.1.0.4', 'm1'),
]
const order = ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4']

function spread(resources: readonly Raw[], definition: Raw = service('reviews'), endpoints: readonly Raw[] = reviews) {
  const west = cluster('west', [client, ...nodes, definition, ...endpoints, ...resources])
  const walked = walk(topology([west]), { from: 'west/shop/web', host, port: 80 })
  const at = (address: string): number => walked.paths.findIndex(({ dialled }) => dialled.address === address)
  return {
    reason: walked.spread.step.reason,
    because: walked.spread.step.because.map(({ kind }) => kind),
    priorities: order.map((address) => walked.spread.priorities[at(address)]),
    shares: order.map((address) => walked.spread.shares[at(address)]),
  }
}

describe('which setting governs', () => {
  it('without outlier detection localities do not count, and all clusters share (LB-2)', () => {
    expect(spread([])).toMatchObject({ reason: 'EVEN', shares: [0.25, 0.25, 0.25, 0.25] })
  })

  it('with it the closest take all traffic (LB-2, LB-5)', () => {
    expect(spread([rule(outliers)])).toMatchObject({
      reason: 'LOCALITY_FAILOVER',
      priorities: [0, 1, 2, 2],
      shares: [1, 0, 0, 0],
      because: ['DestinationRule'],
    })
  })

  it('locality balancing switched off in the DestinationRule is off, whatever the mesh says (LB-1)', () => {
    expect(spread([rule({ ...outliers, loadBalancer: { localityLbSetting: { enabled: false } } })]).shares).toEqual([
      0.25, 0.25, 0.25, 0.25,
    ])
  })

  it('the mesh may switch it off (LB-1)', () => {
    const mesh = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh: 'localityLbSetting: { enabled: false }\n' },
    }
    expect(spread([rule(outliers), mesh]).shares).toEqual([0.25, 0.25, 0.25, 0.25])
  })

  it('a traffic distribution needs no outlier detection, and beats the mesh (LB-1, LB-7)', () => {
    expect(spread([], service('reviews', { trafficDistribution: 'PreferClose' }))).toMatchObject({
      reason: 'LOCALITY_FAILOVER',
      priorities: [0, 1, 2, 2],
      because: ['Service'],
    })
  })

  it('the annotation of the Service or of its namespace says the same (LB-7)', () => {
    const annotations = { 'networking.istio.io/traffic-distribution': 'PreferClose' }
    expect(spread([], service('reviews', {}, { annotations })).shares).toEqual([1, 0, 0, 0])
    const west = cluster('west', [client, ...nodes, service('reviews'), ...reviews])
    const resources = [namespace('shop', { 'istio-injection': 'enabled' }, annotations), ...(west['resources'] as Raw[]).slice(1)]
    const walked = walk(topology([{ ...west, resources }]), { from: 'west/shop/web', host, port: 80 })
    expect(walked.spread.step.reason).toBe('LOCALITY_FAILOVER')
  })

  it('a locality setting of the DestinationRule beats the traffic distribution (LB-1)', () => {
    const distribute = [{ from: 'us-west1/*', to: { 'us-east1/*': 100 } }]
    const ruled = rule({ loadBalancer: { localityLbSetting: { distribute } } })
    expect(spread([ruled], service('reviews', { trafficDistribution: 'PreferClose' })).reason).toBe('DISTRIBUTED')
  })

  it('the closest leave part of the traffic to the next where not all of them are ready (LB-10)', () => {
    const beside = pod('r-ill', '10.1.0.5', { app: 'reviews' }, { ready: false, spec: { nodeName: 'w1' } })
    const half = spread([beside], service('reviews', { trafficDistribution: 'PreferClose' }))
    expect(half.shares.map((share) => Math.round((share ?? 0) * 100))).toEqual([70, 30, 0, 0])
    expect(half).toMatchObject({ reason: 'LOCALITY_FAILOVER', priorities: [0, 1, 2, 2] })
  })

  it('the same node first, with PreferSameNode (LB-7)', () => {
    const twice = [
      on('r-near', '10.1.0.1', 'w1'),
      on('r-zone', '10.1.0.2', 'w3'),
      on('r-east', '10.1.0.3', 'e1'),
      on('r-eu', '10.1.0.4', 'm1'),
    ]
    const sameZone = node('w3', 'us-west1', 'a')
    expect(spread([sameZone], service('reviews', { trafficDistribution: 'PreferSameNode' }), twice).priorities).toEqual([0, 1, 2, 2])
  })
})

describe('settings', () => {
  it('distribute gives each locality its part and takes the traffic from the rest (LB-4)', () => {
    const distribute = [{ from: 'us-west1/a/*', to: { 'us-west1/*': 80, 'us-east1/a/*': 20 } }]
    const result = spread([rule({ loadBalancer: { localityLbSetting: { distribute } } })])
    expect(result).toMatchObject({ reason: 'DISTRIBUTED', priorities: [0, 0, 0, undefined], shares: [0.4, 0.4, 0.2, 0] })
  })

  it('distribute from elsewhere changes nothing (LB-4)', () => {
    const distribute = [{ from: 'eu1/*', to: { 'eu1/*': 100 } }]
    expect(spread([rule({ loadBalancer: { localityLbSetting: { distribute } } })]).shares).toEqual([0.25, 0.25, 0.25, 0.25])
  })

  it('failover names the region that comes next (LB-5)', () => {
    const failover = [{ from: 'us-west1', to: 'eu1' }]
    expect(spread([rule({ ...outliers, loadBalancer: { localityLbSetting: { failover } } })]).priorities).toEqual([0, 1, 3, 2])
  })

  it('failoverPriority goes by labels (LB-6)', () => {
    const labelled = [
      on('r-near', '10.1.0.1', 'w1', { version: 'v2' }),
      on('r-zone', '10.1.0.2', 'w2', { version: 'v1' }),
      on('r-east', '10.1.0.3', 'e1', { version: 'v1' }),
      on('r-eu', '10.1.0.4', 'm1'),
    ]
    const setting = { localityLbSetting: { failoverPriority: ['version=v1', 'topology.kubernetes.io/region'] } }
    expect(spread([rule({ ...outliers, loadBalancer: setting })], service('reviews'), labelled).priorities).toEqual([2, 0, 1, 2])
  })

  it('without localities everything is equally close (LB-13)', () => {
    const bare = order.map((ip, position) => pod(`r${position}`, ip, { app: 'reviews' }))
    const west = cluster('west', [pod('web', '10.1.0.99', { app: 'web' }), service('reviews'), ...bare, rule(outliers)])
    expect(walk(topology([west]), { from: 'west/shop/web', host, port: 80 }).spread.step.reason).toBe('EVEN')
  })
})

it('a gateway stands at the locality of the endpoints behind it (NET-20)', () => {
  const near = on('r-far', '10.2.0.1', 'e1')
  const west = cluster('west', [client, ...nodes, service('reviews'), on('r-near', '10.1.0.1', 'w1'), rule(outliers)], {
    network: 'n1',
    remoteSecrets: ['east'],
  })
  const east = cluster('east', [node('e1', 'us-west1', 'b'), service('reviews'), near, ...eastWest({ network: 'n2' })], {
    network: 'n2',
    region: 'elsewhere',
  })
  const { paths, spread: result } = walk(topology([west, east]), { from: 'west/shop/web', host, port: 80 })
  expect(paths.map(({ dialled, locality }) => [dialled.address, locality])).toEqual([
    ['10.1.0.1', 'us-west1/a'],
    ['34.0.0.2', 'us-west1/b'],
  ])
  expect(result.priorities).toEqual([0, 1])
})

it('by labels a gateway matches on its network and cluster only (LB-9)', () => {
  const setting = { localityLbSetting: { failoverPriority: ['topology.kubernetes.io/region'] } }
  const west = cluster(
    'west',
    [client, ...nodes, service('reviews'), on('r-near', '10.1.0.1', 'w1'), rule({ ...outliers, loadBalancer: setting })],
    { network: 'n1', remoteSecrets: ['east'] },
  )
  const east = cluster(
    'east',
    [node('e1', 'us-west1', 'b'), service('reviews'), on('r-far', '10.2.0.1', 'e1'), ...eastWest({ network: 'n2' })],
    { network: 'n2' },
  )
  expect(walk(topology([west, east]), { from: 'west/shop/web', host, port: 80 }).spread.priorities).toEqual([0, 1])
})

it('one way takes all traffic (LB-10)', () => {
  expect(spread([rule(outliers)], service('reviews'), [on('r-near', '10.1.0.1', 'w1')]).reason).toBe('SINGLE_ENDPOINT')
})

it('for the network label the proxy counts as on the network of its cluster, whatever its own metadata lack (LB-15)', () => {
  const setting = { localityLbSetting: { failoverPriority: ['topology.istio.io/network'] } }
  const resources = [
    pod('web', '10.1.0.99', { app: 'web' }),
    service('reviews'),
    pod('r1', '10.1.0.1', { app: 'reviews' }),
    rule({ ...outliers, loadBalancer: setting }),
  ]
  const west = cluster('west', resources, { network: 'n1', remoteSecrets: ['east'] })
  const east = cluster('east', [service('reviews'), pod('r2', '10.2.0.1', { app: 'reviews' })], { network: 'n2' })
  const { paths, spread: result } = walk(topology([west, east]), { from: 'west/shop/web', host, port: 80 })
  expect(paths.map(({ dialled }) => dialled.address)).toEqual(['10.1.0.1', '10.2.0.1'])
  expect(result.priorities).toEqual([0, 1])
})
