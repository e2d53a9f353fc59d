import { describe, expect, it } from 'vitest'
import type { SubjectInput } from '#engine/model/groups/subject-input'
import { answerCallers } from '#engine/groups/answer-callers'
import { deployment, type Manifest, namespace, service, virtualService, west, world } from '../analysis/calling.js'
import { edgePods, edgeService, gate, http, tls } from '../analysis/entrance/edge.js'
import { callers, lines } from './turned.js'

const policy = (name: string, rules: readonly Manifest[], more: Manifest = {}): Manifest => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { namespace: 'shop', name },
  spec: { rules, ...more },
})
const of = { host: 'web', namespace: 'shop' }
const host = 'web.shop.svc.cluster.local'
const shop = west(service('shop/web'), deployment('shop/web'))
const narrow = policy('callers', [
  { from: [{ source: { principals: ['cluster.local/ns/shop/sa/client'] } }] },
  { from: [{ source: { namespaces: ['other'] } }], to: [{ operation: { methods: ['GET'] } }] },
])
const restricted = world({ clusters: { west: [...shop, narrow] } })

describe('who can call a service', () => {
  it('is told workload by workload: what arrives first, then what depends, then who cannot, with the reason (AUTHZ-1, AUTHZ-6)', () => {
    const answer = callers(restricted, { of, by: 'WORKLOAD' })
    expect(lines(answer)).toEqual([
      `WORKLOAD west/shop/client (1) > ${host}:80 REACHABLE DELIVERED`,
      `WORKLOAD west/other/client (1) > ${host}:80 AMBIGUOUS POLICY_DEPENDS`,
      `OUTSIDE outside (1) > ${host}:80 UNREACHABLE NAME_NOT_RESOLVED`,
      `WORKLOAD west/shop/web (1) > ${host}:80 UNREACHABLE DENIED`,
    ])
    const [, other, , web] = answer.rows
    expect(other?.conditions.map(({ on }) => on)).toEqual(['method'])
    expect(web?.because.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['AuthorizationPolicy callers'])
    expect(answer.totals).toEqual([
      { verdict: 'REACHABLE', reason: 'DELIVERED', count: 1 },
      { verdict: 'AMBIGUOUS', reason: 'POLICY_DEPENDS', count: 1 },
      { verdict: 'UNREACHABLE', reason: 'DENIED', count: 1 },
      { verdict: 'UNREACHABLE', reason: 'NAME_NOT_RESOLVED', count: 1 },
    ])
  })

  it('names with each row a call of it that can be asked by itself', () => {
    const [row] = callers(restricted, { of, by: 'WORKLOAD' }).rows
    expect(row?.trace).toEqual({
      from: { outside: null, cluster: 'west', namespace: 'shop', workload: 'Deployment/client', gateway: null },
      to: { host, port: 80 },
    })
    expect(row?.examples).toEqual(['west/shop/client'])
  })

  it('sets those apart who are servers of it themselves, where pods are dialled by their addresses (ROUTE-33)', () => {
    const pod = (name: string, ip: string): Manifest => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'shop', name, labels: { app: name, 'security.istio.io/tlsMode': 'istio' } },
      spec: { containers: [{ name: 'app' }, { name: 'istio-proxy' }] },
      status: { phase: 'Running', podIP: ip },
    })
    const ports = [{ name: 'tcp', port: 80 }]
    const pods = [
      service('shop/web', { clusterIP: 'None', ports }),
      pod('web', '10.1.0.1'),
      pod('cart', '10.1.0.2'),
      pod('till', '10.1.0.3'),
    ]
    const [nobody, few] = [policy('nobody', []), policy('few', [{ from: [{ source: { namespaces: ['other'] } }] }])]
    const rows = (one: Manifest) => lines(callers(world({ clusters: { west: west(...pods, one) } }), { of, by: 'WORKLOAD' }))
    expect(rows(nobody)).toContain(`WORKLOAD west/shop/web (1) > ${host}:80 REACHABLE PASSTHROUGH`)
    expect(rows(nobody)).toContain(`WORKLOAD west/shop/cart (1) > ${host}:80 UNREACHABLE DENIED`)
    expect(rows(few)).toContain(`WORKLOAD west/other/client (1) > ${host}:80 REACHABLE DELIVERED`)
    expect(rows(few)).toContain(`WORKLOAD west/shop/web (1) > ${host}:80 REACHABLE PASSTHROUGH`)
  })

  it('is told by namespaces unless asked otherwise, each as often as its callers end differently', () => {
    expect(lines(callers(restricted, { of }))).toEqual([
      `NAMESPACE west/shop/shop (1) > ${host}:80 REACHABLE DELIVERED`,
      `NAMESPACE west/other/other (1) > ${host}:80 AMBIGUOUS POLICY_DEPENDS`,
      `NAMESPACE west/shop/shop (1) > ${host}:80 UNREACHABLE DENIED`,
      `OUTSIDE outside (1) > ${host}:80 UNREACHABLE NAME_NOT_RESOLVED`,
    ])
  })

  it('is told by identities and by tenants, those of none together', () => {
    expect(lines(callers(restricted, { of, by: 'IDENTITY', verdicts: ['REACHABLE'] }))).toEqual([
      `IDENTITY shop/client (1) > ${host}:80 REACHABLE DELIVERED`,
    ])
    const tenants = [{ name: 'sellers', kind: 'NAMESPACE', members: ['shop'] }]
    expect(lines(callers(world({ clusters: { west: shop }, tenants }), { of, by: 'TENANT', verdicts: ['REACHABLE'] }))).toEqual([
      `TENANT  (1) > ${host}:80 REACHABLE DELIVERED`,
      `TENANT sellers (2) > ${host}:80 REACHABLE DELIVERED`,
    ])
  })

  it('counts of several services behind the name the one of the namespace, and asks which where none is stated', () => {
    const both = world({ clusters: { west: [...shop, service('other/web'), deployment('other/web')] } })
    expect(answerCallers(both, { of: { host: 'web' } }, { at: 0 })).toMatchObject({ problem: { code: 'SOURCE_INVALID' } })
    expect(callers(both, { of, verdicts: ['REACHABLE'] }).rows[0]?.peer?.name).toBe(host)
  })

  it('of a name that no service has cannot be told: a problem with the nearest names', () => {
    expect(answerCallers(restricted, { of: { host: 'wep', namespace: 'shop' } }, { at: 0 })).toMatchObject({
      problem: { code: 'SOURCE_NOT_FOUND', details: { suggestions: ['web'] } },
    })
  })

  it.each<[string, SubjectInput, string]>([
    ['with as many parts as were written', { host: 'web.shpo' }, 'web.shop'],
    ['in full', { host: 'web.shpo.svc.cluster.local' }, 'web.shop.svc.cluster.local'],
    ['by its namespace, where that has no service at all', { host: 'web', namespace: 'shpo' }, 'shop'],
  ])('of a name that is misspelt is told the nearest %s', (_, subject, near) => {
    const answer = answerCallers(restricted, { of: subject }, { at: 0 })
    expect('problem' in answer && answer.problem.details.suggestions?.[0]).toBe(near)
  })

  it('is told port by port, and of one port where one is asked about', () => {
    const ports = [
      { name: 'http', port: 80 },
      { name: 'http-admin', port: 81 },
    ]
    const admin = policy('admin', [{ to: [{ operation: { ports: ['81'] } }] }], { action: 'DENY' })
    const snapshot = world({ clusters: { west: [...west(service('shop/web', { ports }), deployment('shop/web')), admin] } })
    expect(lines(callers(snapshot, { of, verdicts: ['REACHABLE'], by: 'TENANT' }))).toEqual([
      `TENANT  (3) > ${host}:80 REACHABLE DELIVERED`,
    ])
    expect(lines(callers(snapshot, { of, port: 81, by: 'TENANT', reason: 'DENIED' }))).toEqual([
      `TENANT  (3) > ${host}:81 UNREACHABLE DENIED`,
    ])
  })

  it('comes in pages, each behind the cursor of the one before', () => {
    const first = callers(restricted, { of, by: 'WORKLOAD', first: 3 })
    const second = callers(restricted, { of, by: 'WORKLOAD', first: 3, after: first.page.nextCursor })
    expect([first.rows.length, first.page.hasMore, second.rows.length, second.page]).toEqual([
      3,
      true,
      1,
      { nextCursor: null, hasMore: false },
    ])
  })
})

describe('who outside can call a service', () => {
  const route = virtualService('shop/web', {
    hosts: ['shop.example'],
    gateways: ['edge/gate'],
    http: [{ route: [{ destination: { host: 'web' } }] }],
  })
  const edge = [namespace('edge', {}), namespace('istio-system', {}), edgePods, edgeService(), gate(http(['shop.example'])), route]

  it('is everybody for whom a gateway offers it under a name, and that gateway (GW-1, GW-7)', () => {
    const answer = callers(world({ clusters: { west: [...shop, ...edge] } }), { of, by: 'WORKLOAD' })
    expect(lines(answer).filter((line) => !line.startsWith('WORKLOAD'))).toEqual([
      `GATEWAY west/edge/gate (1) > ${host}:* REACHABLE DELIVERED`,
      `OUTSIDE outside (1) > ${host}:* REACHABLE DELIVERED`,
    ])
    expect(answer.rows.filter(({ group }) => group.kind !== 'WORKLOAD').map(({ trace }) => [trace?.from.gateway, trace?.to.host])).toEqual([
      ['west/edge/gate', 'shop.example'],
      [null, 'shop.example'],
    ])
  })

  it('is whoever comes by a name by which a gateway hands connections on to it (ROUTE-9)', () => {
    const web = west(service('shop/web', { ports: [{ name: 'tls', port: 443 }] }), deployment('shop/web'))
    const handed = virtualService('shop/web', {
      hosts: ['shop.example'],
      gateways: ['edge/gate'],
      tls: [{ match: [{ sniHosts: ['shop.example'] }], route: [{ destination: { host: 'web' } }] }],
    })
    const objects = [...web, ...edge.slice(0, -2), gate(tls(['shop.example'], 'PASSTHROUGH', 'TLS')), handed]
    const answer = callers(world({ clusters: { west: objects } }), { of, by: 'WORKLOAD', verdicts: ['REACHABLE', 'AMBIGUOUS'] })
    expect(lines(answer).filter((line) => line.startsWith('OUTSIDE'))).toEqual([`OUTSIDE outside (1) > ${host}:* REACHABLE DELIVERED`])
  })

  it('is nobody where the route at the gateway leads to another service', () => {
    const elsewhere = virtualService('shop/web', {
      hosts: ['shop.example'],
      gateways: ['edge/gate'],
      http: [{ route: [{ destination: { host: 'cart' } }] }],
    })
    const objects = [...shop, ...edge.slice(0, -1), elsewhere, service('shop/cart'), deployment('shop/cart')]
    expect(
      lines(callers(world({ clusters: { west: objects } }), { of, by: 'WORKLOAD' })).filter((line) => line.startsWith('OUTSIDE')),
    ).toEqual([`OUTSIDE outside (1) > ${host}:80 UNREACHABLE NAME_NOT_RESOLVED`])
  })

  it('is not known of a load balancer without an address (DNS-6)', () => {
    const open = west(service('shop/web', { type: 'LoadBalancer' }), deployment('shop/web'))
    expect(lines(callers(world({ clusters: { west: open } }), { of, verdicts: ['UNDETERMINED'] }))).toEqual([
      `OUTSIDE outside (1) > ${host}:80 UNDETERMINED INPUT_MISSING`,
    ])
  })
})
