import { describe, expect, it } from 'vitest'
import type { Finding } from '#engine/model/report'
import type { SuppressionHeader } from '#engine/model/topology/suppression-header'
import { findBreaches, makeReport } from '#engine/rules/make-report'
import { networkWithoutGateway } from '#engine/rules/networks/network-without-gateway'
import { oneWayRemoteSecret } from '#engine/rules/networks/one-way-remote-secret'
import { overlappingPodCidrs } from '#engine/rules/networks/overlapping-pod-cidrs'
import type { Rule } from '#engine/rules/rule'
import { findSuppression } from '#engine/rules/find-suppression'
import { cluster, eastWest, type Raw, topology } from '../analysis/objects.js'

/** `Kind name` of what a rule finds fault with. */
const found = (rule: Rule, clusters: readonly Raw[], rest: Raw = {}) =>
  findBreaches(topology(clusters, rest), [rule]).map(({ resource }) => `${resource?.kind} ${resource?.name}`)

const moment = Date.parse('2026-06-01T00:00:00Z')

describe('pod addresses of two clusters', () => {
  /** The pairs that are told of, whichever of the two it is told at. */
  const overlap = (west: Raw, east: Raw, more: readonly Raw[] = []) =>
    findBreaches(topology([cluster('west', [], west), cluster('east', [], east), ...more]), [overlappingPodCidrs]).map(
      ({ resource, message }) => [resource?.name, /cluster `(\w+)`/.exec(message)?.[1]].sort().join(' and '),
    )
  const [n1, n2] = [{ network: 'n1' }, { network: 'n2' }]

  it.each([
    ['the same range', ['10.1.0.0/16'], ['10.1.0.0/16'], ['east and west']],
    ['a range within the other', ['10.0.0.0/8'], ['10.1.0.0/16'], ['east and west']],
    ['the range around the other', ['10.1.0.0/16'], ['10.0.0.0/8'], ['east and west']],
    ['ranges side by side', ['10.1.0.0/16'], ['10.2.0.0/16'], []],
    ['one of several', ['10.1.0.0/16', '10.9.0.0/16'], ['10.2.0.0/16', '10.9.128.0/17'], ['east and west']],
    ['IPv6 ranges', ['fd00::/48'], ['fd00:0:0:1::/64'], ['east and west']],
    ['IPv4 and IPv6 ranges', ['0.0.0.0/0'], ['::/0'], []],
    ['a range that cannot be read', ['banana'], ['banana'], []],
    ['ranges that overlap in one cluster only', ['10.1.0.0/16', '10.1.2.0/24'], ['10.2.0.0/16'], []],
  ])('of one network: %s (TOPO-4)', (_story, west, east, expected) => {
    expect(overlap({ ...n1, podCidrs: west }, { ...n1, podCidrs: east })).toEqual(expected)
  })

  it('of different networks may be the same (TOPO-4)', () => {
    expect(overlap({ ...n1, podCidrs: ['10.1.0.0/16'] }, { ...n2, podCidrs: ['10.1.0.0/16'] })).toEqual([])
  })

  it('of clusters that state no network are of one (NET-4, TOPO-4)', () => {
    expect(overlap({ podCidrs: ['10.1.0.0/16'] }, { podCidrs: ['10.1.0.0/16'] })).toEqual(['east and west'])
    expect(overlap({ podCidrs: ['10.1.0.0/16'] }, { ...n1, podCidrs: ['10.1.0.0/16'] })).toEqual([])
  })

  it('a wide range overlaps all that lie in it, also past one that ends before (TOPO-4)', () => {
    const south = cluster('south', [], { ...n1, podCidrs: ['10.200.0.0/16'] })
    expect(overlap({ ...n1, podCidrs: ['10.0.0.0/8'] }, { ...n1, podCidrs: ['10.1.0.0/16'] }, [south])).toEqual([
      'east and west',
      'south and west',
    ])
  })
})

describe('control planes that read each other’s clusters', () => {
  const secrets = (west: readonly string[], east: readonly string[], meshes: readonly string[] = ['mesh1', 'mesh1']) =>
    found(oneWayRemoteSecret, [
      cluster('west', [], { mesh: meshes[0], remoteSecrets: west }),
      cluster('east', [], { mesh: meshes[1], remoteSecrets: east }),
    ])

  it.each([
    ['both ways are as they should be', ['east'], ['west'], []],
    ['none is no half of anything', [], [], []],
    ['east does not read west', ['east'], [], ['Cluster east']],
    ['west does not read east', [], ['west'], ['Cluster west']],
  ])('%s (MODEL-22)', (_story, west, east, expected) => {
    expect(secrets(west, east)).toEqual(expected)
  })

  it('two meshes need not read each other (MODEL-22, TOPO-7)', () => {
    expect(secrets(['east'], [], ['mesh1', 'mesh2'])).toEqual([])
  })

  it('a cluster without a control plane of its own has nothing to read with (MODEL-22)', () => {
    const remote = cluster('east', [], { controlPlane: { role: 'REMOTE', managedBy: 'west' } })
    expect(found(oneWayRemoteSecret, [cluster('west', [], { remoteSecrets: ['east'] }), remote])).toEqual([])
  })
})

describe('a network that endpoints of are offered to others', () => {
  const served: readonly Raw[] = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app' }] } } },
    },
  ]
  const both = (west: readonly Raw[], east: readonly Raw[], rest: Raw = {}, networks = ['n1', 'n2']) =>
    found(
      networkWithoutGateway,
      [
        cluster('west', [...west, ...served], { network: networks[0], remoteSecrets: ['east'] }),
        cluster('east', [...east, ...served], { network: networks[1], remoteSecrets: ['west'] }),
      ],
      rest,
    )
  const [ofWest, ofEast] = [eastWest({ network: 'n1' }), eastWest({ network: 'n2' })]

  it('needs a gateway, each its own (NET-10)', () => {
    expect(both(ofWest, ofEast)).toEqual([])
    expect(both(ofWest, [])).toEqual(['Network n2'])
    expect(both([], ofEast)).toEqual(['Network n1'])
    expect([...both([], [])].sort()).toEqual(['Network n1', 'Network n2'])
  })

  it('is not helped by a gateway that says it is another network’s (NET-6)', () => {
    expect(both(ofWest, eastWest({ network: 'n1' }))).toEqual(['Network n2'])
  })

  it('needs none where only clients stand (NET-10)', () => {
    const [client] = served.filter(({ kind }) => kind === 'Deployment')
    const clusters = [
      cluster('west', [...ofWest, ...served], { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', client === undefined ? [] : [client], { network: 'n2', remoteSecrets: ['west'] }),
    ]
    expect(found(networkWithoutGateway, clusters)).toEqual([])
  })

  it('needs none where there is only one network (NET-12)', () => {
    expect(both([], [], {}, ['n1', 'n1'])).toEqual([])
  })

  it('needs none where its addresses are routed from everywhere else (NET-10)', () => {
    const routed = [
      { name: 'n1', routableTo: ['n2'] },
      { name: 'n2', routableTo: ['n1'] },
    ]
    expect(both([], [], { networks: routed })).toEqual([])
  })

  it('needs none where nobody else’s control plane reads its cluster (MODEL-22)', () => {
    const alone = [cluster('west', [], { network: 'n1' }), cluster('east', [], { network: 'n2' })]
    expect(found(networkWithoutGateway, alone)).toEqual([])
  })
})

describe('a finding that the authors of a document accept', () => {
  const finding = (more: Partial<Finding> = {}): Finding => ({
    code: 'NET102',
    severity: 'ERROR',
    message: 'x',
    resource: { cluster: 'west', kind: 'Service', namespace: 'shop', name: 'cart' },
    path: null,
    source: null,
    istio: [],
    kiali: [],
    help: '/rules/NET102',
    ...more,
  })

  const isSuppressed = (one: Finding, suppression: SuppressionHeader): boolean => findSuppression([suppression], moment)(one) !== undefined

  it.each([
    ['everywhere', {}, true],
    ['by its name alone', { resource: 'cart' }, true],
    ['by another name', { resource: 'ratings' }, false],
    ['by the whole path', { resource: 'west/Service/shop/cart' }, true],
    ['by a path that begins alike', { resource: 'west/Service' }, true],
    ['by a star in the path', { resource: '*/Service/*/cart' }, true],
    ['in another cluster', { resource: 'east/*' }, false],
    ['of another kind', { resource: '*/Gateway' }, false],
    ['by some of its parts', { resource: { kind: 'Service', namespace: 'shop' } }, true],
    ['by parts one of which differs', { resource: { kind: 'Service', namespace: 'bank' } }, false],
    ['until a day to come', { expires: '2026-06-02' }, true],
    ['until a day that is over', { expires: '2026-05-31' }, false],
    ['until this very moment', { expires: '2026-06-01T00:00:00Z' }, false],
  ])('%s', (_story, suppression, accepted) => {
    expect(isSuppressed(finding(), { code: 'NET102', ...suppression })).toBe(accepted)
    expect(isSuppressed(finding(), { code: 'NET101', ...suppression })).toBe(false)
  })

  it('about no object is accepted by its code only', () => {
    expect(isSuppressed(finding({ resource: null }), { code: 'NET102' })).toBe(true)
    expect(isSuppressed(finding({ resource: null }), { code: 'NET102', resource: '*' })).toBe(false)
  })

  it('is counted, and no part of the verdict', () => {
    const same = { network: 'n1', podCidrs: ['10.1.0.0/16'] }
    const clusters = [cluster('west', [], { ...same, remoteSecrets: ['east'] }), cluster('east', [], { ...same, remoteSecrets: ['west'] })]
    const report = (suppressions: readonly Raw[], at = moment) => {
      const { verdict, summary } = makeReport(topology(clusters, { suppressions }), [], [], at)
      return [verdict, summary.error, summary.suppressed]
    }
    expect(report([])).toEqual(['FAIL', 1, 0])
    expect(report([{ code: 'NET102', expires: '2026-07-01' }])).toEqual(['PASS', 0, 1])
    expect(report([{ code: 'NET102', expires: '2026-07-01' }], Date.parse('2026-08-01'))).toEqual(['FAIL', 1, 0])
  })

  it('does not hide that an assertion failed, and warnings alone do not fail a report', () => {
    const snapshot = topology([cluster('west', [], { network: 'n1' })])
    const verdict = (notes: readonly Finding[]) => makeReport(snapshot, notes, [], moment).verdict
    expect(verdict([])).toBe('PASS')
    expect(verdict([finding({ severity: 'INFO' })])).toBe('PASS')
    expect(verdict([finding({ severity: 'WARNING' }), finding({ severity: 'INFO' })])).toBe('WARN')
    expect(verdict([finding({ severity: 'WARNING' }), finding()])).toBe('FAIL')
    const order = makeReport(snapshot, [finding({ severity: 'INFO' }), finding({ severity: 'WARNING' }), finding()], [], moment)
    expect(order.findings.map(({ severity }) => severity)).toEqual(['ERROR', 'WARNING', 'INFO'])
  })
})
