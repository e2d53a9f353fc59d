import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkAssertions } from '#engine/assertions/check-assertions'
import { readDocument } from '#engine/manifests/read-document'
import type { AssertionHeader } from '#engine/model/topology/assertion-header'
import { snapshotOf } from '../from-yaml.js'

const tenants = snapshotOf(readFileSync('examples/namespace-tenancy/topology.yaml', 'utf8'))
const ofNetworks = readFileSync('examples/multiple-networks/topology.yaml', 'utf8')
const networks = snapshotOf(ofNetworks)
const noon = Date.parse('2026-06-01T12:00:00Z')

const check = (snapshot: typeof tenants, assertion: Omit<AssertionHeader, 'name'>, at = noon) => {
  const [result] = checkAssertions(snapshot, at, [{ name: 'it', ...assertion }])
  if (result === undefined) throw new Error('every assertion has a result')
  return result
}

describe('an assertion about everybody who is chosen', () => {
  it('holds each workload of a tenant to each Service of another (AUTHZ-11, VIS-31)', () => {
    const result = check(tenants, { from: { tenant: 'team-3' }, to: { tenant: 'team-1' }, expect: 'UNREACHABLE' })
    expect(result).toMatchObject({ passed: true, outcome: 'PASSED', verdict: 'UNREACHABLE', pairs: { checked: 2, failed: 0 } })
  })

  it('fails with the trace of the first pair that does not hold, and says how many do not', () => {
    // team-2 may call catalog and not store; team-3 neither of them.
    const result = check(tenants, {
      from: { namespace: 'team-*', labels: { app: 'client' } },
      to: { namespace: 'team-1' },
      expect: 'UNREACHABLE',
    })
    expect(result).toMatchObject({
      passed: false,
      outcome: 'FAILED',
      verdict: 'REACHABLE',
      expected: 'UNREACHABLE',
      pairs: { checked: 4, failed: 1, undetermined: 0 },
      call: { from: { cluster: 'west', namespace: 'team-2' }, to: { host: 'catalog.team-1.svc.cluster.local', port: 9080 } },
      trace: { verdict: 'REACHABLE' },
    })
  })

  it('takes labels as a map and as a list, a service account, and a star for everybody', () => {
    const to = { host: 'catalog.team-1', port: 9080 }
    const asList = check(tenants, { from: { labels: [{ name: 'app', value: 'client' }] }, to, expect: 'REACHABLE' })
    expect(asList.pairs).toEqual({ checked: 2, failed: 1, undetermined: 0 })
    expect(check(tenants, { from: { serviceAccount: 'worker' }, to, expect: 'REACHABLE' }).pairs).toMatchObject({ checked: 1, failed: 0 })
    // catalog, store and worker of team-1, and the two clients.
    expect(check(tenants, { from: '*', to, expect: 'REACHABLE' }).pairs).toEqual({ checked: 5, failed: 1, undetermined: 0 })
    expect(check(tenants, { from: { tenant: 'team-3' }, to: '*', expect: 'UNREACHABLE' })).toMatchObject({
      passed: true,
      pairs: { checked: 2 },
    })
  })

  it('fails where nobody is meant, and says so: what it speaks of is gone, or was never there', () => {
    const to = { host: 'catalog.team-1', port: 9080 }
    const nobody = check(tenants, { from: { namespace: 'team-9' }, to, expect: 'UNREACHABLE' })
    expect(nobody).toMatchObject({ passed: false, outcome: 'FAILED', verdict: null, problem: { code: 'SOURCE_NOT_FOUND' } })
    expect(nobody.problem?.message).toContain('`from` means no workload')
    const nothing = check(tenants, { from: '*', to: { namespace: 'team-2' }, expect: 'UNREACHABLE' })
    expect(nothing.problem?.message).toContain('`to` means no Service')
    const mistyped = check(tenants, { from: { tenant: 'team1' }, to, expect: 'UNREACHABLE' })
    expect(mistyped.problem).toMatchObject({ message: 'there is no tenant `team1`', suggestions: ['team-1', 'team-2', 'team-3'] })
  })

  it('counts of a host only the servers that are chosen', () => {
    const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
    const reviews = { host: 'reviews.shop', port: 9080 }
    expect(check(networks, { from, to: { ...reviews, cluster: 'east' }, expect: 'REACHABLE' }).passed).toBe(true)
    // ratings runs in east alone, whatever Service west has.
    expect(check(networks, { from, to: { host: 'ratings.shop', port: 9080, cluster: 'west' }, expect: 'UNREACHABLE' }).passed).toBe(true)
    expect(check(networks, { from, to: { cluster: 'east', namespace: 'shop', workload: 'ratings' }, expect: 'REACHABLE' })).toMatchObject({
      passed: true,
      pairs: { checked: 1 },
    })
  })

  it('counts nobody to whom the caller is never given, wherever it stands (EDS-26)', () => {
    const namespace = '      - { apiVersion: v1, kind: Namespace, metadata: { name: legacy } }\n'
    const pod = (ip: string, ready: string) =>
      `      - { apiVersion: v1, kind: Pod, metadata: { name: reviews-${ready}, namespace: shop, labels: { app: reviews } }, spec: { serviceAccountName: reviews, containers: [{ name: app, image: a }, { name: istio-proxy, image: p }] }, status: { podIP: ${ip}, phase: Running, conditions: [{ type: Ready, status: "${ready}" }] } }\n`
    const pods = [pod('10.10.0.77', 'False'), pod('10.10.0.78', 'True')]
    const unready = snapshotOf(ofNetworks.replace(namespace, [namespace, ...pods].join('')))
    const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
    const reviews = { host: 'reviews.shop', port: 9080 }
    const called = check(unready, { from, to: { ...reviews, cluster: 'west' }, expect: 'UNREACHABLE' })
    expect(called.trace?.endpoints.map(({ address, priority }) => [address, priority])).toContainEqual(['10.10.0.77', null])
    for (const cluster of ['west', 'east'])
      expect(check(unready, { from, to: { ...reviews, cluster }, expect: 'REACHABLE' }), cluster).toMatchObject({ passed: true })
  })
})

describe('an assertion about the way of a call', () => {
  const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
  const ratings = { host: 'ratings.shop', port: 9080 }
  const reviews = { host: 'reviews.shop', port: 9080 }

  it('knows the gateway, the network and the cluster that every way leads through (NET-15)', () => {
    for (const via of ['istio-eastwestgateway', 'east/istio-system/istio-eastwestgateway', 'cross-network-gateway', 'network2', 'east']) {
      expect(check(networks, { from, to: ratings, expect: 'REACHABLE', via }), via).toMatchObject({ passed: true })
      expect(check(networks, { from, to: ratings, expect: 'REACHABLE', notVia: via }), via).toMatchObject({ outcome: 'FAILED' })
    }
    expect(check(networks, { from, to: ratings, expect: 'REACHABLE', via: ['network2', 'istio-eastwestgateway'] }).passed).toBe(true)
    expect(check(networks, { from, to: ratings, expect: 'REACHABLE', notVia: 'network1' }).passed).toBe(true)
  })

  it('holds only if all ways lead so', () => {
    const result = check(networks, { from, to: reviews, expect: 'REACHABLE', via: 'network2' })
    expect(result).toMatchObject({ outcome: 'FAILED', verdict: 'REACHABLE', message: '1 of 2 ways leads not through `network2`' })
  })

  it('fails where nothing has the name, since it would never be passed', () => {
    const result = check(networks, { from, to: ratings, expect: 'REACHABLE', notVia: 'netwerk2' })
    expect(result.problem).toMatchObject({ message: 'there is no gateway, network or cluster `netwerk2`' })
    expect(result.problem?.suggestions).toContain('network2')
  })
})

describe('an assertion about what is seen and trusted', () => {
  it('holds where the Service is given to the caller, or hidden, as stated (VIS-2)', () => {
    const from = { cluster: 'west', namespace: 'team-2', workload: 'client' }
    expect(check(tenants, { from, to: { host: 'store.team-1' }, visible: false }).passed).toBe(true)
    expect(check(tenants, { from, to: { host: 'catalog.team-1' }, visible: true })).toMatchObject({ passed: true, verdict: null })
    const result = check(tenants, { from, to: { host: 'store.team-1' }, visible: true })
    expect(result).toMatchObject({
      outcome: 'FAILED',
      message: '`store.team-1` is hidden from the caller',
      trace: { verdict: 'UNREACHABLE' },
    })
  })

  it('holds where the identities accept each other, or do not, as stated (TRUST-5)', () => {
    const from = { cluster: 'west', namespace: 'shop', serviceAccount: 'client' }
    expect(check(networks, { from, to: { host: 'ratings.shop' }, trusted: true })).toMatchObject({ passed: true, pairs: { checked: 1 } })
    const result = check(networks, { from, to: { cluster: 'east', namespace: 'shop' }, trusted: false })
    expect(result).toMatchObject({ outcome: 'FAILED', verdict: null, trust: { verdict: 'TRUSTED' } })
  })
})

describe('an assertion that is expected to fail', () => {
  const failing = {
    from: { tenant: 'team-3' },
    to: { host: 'catalog.team-1', port: 9080 },
    expect: 'REACHABLE',
    until: '2026-06-02',
  } as const

  it('does not count until its date, and does from then on', () => {
    expect(check(tenants, failing)).toMatchObject({ passed: false, outcome: 'EXPECTED', until: '2026-06-02' })
    expect(check(tenants, failing, Date.parse('2026-06-02T00:00:00Z'))).toMatchObject({ passed: false, outcome: 'FAILED' })
  })
})

describe('a choice of too many', () => {
  it('is not checked, and says how many it means', () => {
    const names = Array.from({ length: 101 }, (_, position) => `app-${position}`)
    const resources = names.flatMap((name) => [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: name } } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'shop' },
        spec: { selector: { app: name }, ports: [{ port: 80 }] },
      },
    ])
    const many = snapshotOf(`\nclusters: ${JSON.stringify([{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources }])}`)
    const result = check(many, { from: '*', to: '*', expect: 'REACHABLE' })
    expect(result.problem).toMatchObject({ code: 'TOO_COMPLEX' })
    expect(result.problem?.message).toContain('10201 pairs')
  })
})

describe('an assertion that cannot be read', () => {
  const faultsOf = (assertion: object): readonly string[] => {
    const document = { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [], assertions: [{ name: 'it', ...assertion }] }
    const read = readDocument({ body: new TextEncoder().encode(JSON.stringify(document)), mediaType: 'application/json', name: 'x.json' })
    return 'details' in read ? (read.details.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`) : []
  }
  const [from, to] = [{ namespace: 'shop' }, { host: 'cart' }]

  it.each([
    ['expects nothing', { from, to }, '#/assertions/0 the assertion expects nothing: it lacks `expect`, `visible` or `trusted`'],
    [
      'has a way and no call',
      { from, to, visible: true, via: 'x' },
      '#/assertions/0/via `via` is about a call: `expect` says what becomes of it',
    ],
    ['means anybody by accident', { from: {}, to, visible: true }, '#/assertions/0/from `from` states nothing; `"*"` means everybody'],
    [
      'has no end',
      { from, to, visible: true, until: 'soon' },
      '#/assertions/0/until `until` must be a date such as `2026-12-31`, or a moment such as `2026-12-31T12:00:00Z`',
    ],
  ])('because it %s is refused', (_what, assertion, fault) => expect(faultsOf(assertion)).toEqual([fault]))

  it('because of a field that is misspelt is refused with those that there are, and nothing else is told of the place', () => {
    const faults = faultsOf({ from: { ...from, tennant: 'a' }, to, visible: true })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^#\/assertions\/0\/from\/tennant there is no such field here; there are .*`tenant`/)
  })
})
