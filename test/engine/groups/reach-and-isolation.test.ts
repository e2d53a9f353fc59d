import { describe, expect, it } from 'vitest'
import type { SubjectInput } from '#engine/model/groups/subject-input'
import { answerIsolation } from '#engine/groups/answer-isolation'
import { answerReach } from '#engine/groups/answer-reach'
import { deployment, exportedTo, type Manifest, service, serviceEntry, sidecar, west, world } from '../analysis/calling.js'
import { isolation, lines, reach } from './turned.js'

const web = 'web.shop.svc.cluster.local'
const cart = 'cart.other.svc.cluster.local'
const objects = west(service('shop/web'), deployment('shop/web'), service('other/cart'), deployment('other/cart'))
const client = { cluster: 'west', namespace: 'shop', workload: 'client' }

const strict: Manifest = {
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { namespace: 'istio-system', name: 'default' },
  spec: { mtls: { mode: 'STRICT' } },
}
const own = (namespace: string): Manifest => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { namespace, name: 'own' },
  spec: { rules: [{ from: [{ source: { namespaces: [namespace] } }] }] },
})

describe('whom a workload can call', () => {
  it('is every service with its ports, and why not (VIS-14)', () => {
    const narrow = sidecar('shop/default', { egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })
    expect(lines(reach(world({ clusters: { west: [...objects, narrow] } }), { of: client }))).toEqual([
      `SERVICE west/shop/${web} (1) > client:80 REACHABLE DELIVERED`,
      `SERVICE west/other/${cart} (1) > client:80 UNREACHABLE BLACKHOLED`,
    ])
  })

  it('counts what a ServiceEntry names as well (VIS-7)', () => {
    const partner = serviceEntry('shop/partner', {
      hosts: ['partner.example'],
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
      resolution: 'DNS',
    })
    expect(
      lines(reach(world({ clusters: { west: [...objects, partner] } }), { of: client, port: 443 })).map((line) => line.split(' ')[1]),
    ).toEqual(['shop/partner.example'])
  })

  it('is asked of namespaces, identities and the servers of a service as well', () => {
    const snapshot = world({ clusters: { west: objects } })
    const [row] = reach(snapshot, { of: { namespace: 'shop' }, by: 'NAMESPACE' }).rows
    expect([row?.group.name, row?.count, row?.peer?.name]).toEqual(['other', 1, 'shop'])
    const identity = { spiffeId: 'spiffe://cluster.local/ns/shop/sa/client' }
    expect(lines(reach(snapshot, { of: identity, port: 80 }))).toEqual(lines(reach(snapshot, { of: client, port: 80 })))
    expect(reach(snapshot, { of: { host: web } }).rows[0]?.trace?.from.workload).toBe('Deployment/web')
    expect(answerReach(snapshot, { of: { spiffeId: 'spiffe://elsewhere/ns/shop/sa/client' } }, { at: 0 })).toMatchObject({
      problem: { code: 'SOURCE_NOT_FOUND' },
    })
  })

  it('of somebody who is not there is a problem with the nearest name, and of nobody in particular one too', () => {
    const snapshot = world({ clusters: { west: objects } })
    expect(answerReach(snapshot, { of: { ...client, workload: 'clinet' } }, { at: 0 })).toMatchObject({
      problem: { code: 'SOURCE_NOT_FOUND', details: { suggestions: ['client'] } },
    })
    expect(answerReach(snapshot, { of: {} }, { at: 0 })).toMatchObject({ problem: { code: 'SOURCE_INVALID' } })
  })
})

describe('isolation', () => {
  const between = [{ namespace: 'shop' }, { namespace: 'other' }]

  it('is broken by any call that arrives, in either direction, and these come first', () => {
    const answer = isolation(world({ clusters: { west: [...objects, own('shop')] } }), { between })
    expect(answer.verdict).toBe('BROKEN')
    expect(lines(answer)).toEqual([
      'NAMESPACE west/shop/shop (2) > other:80 REACHABLE DELIVERED',
      'NAMESPACE west/other/other (2) > shop:80 UNREACHABLE DENIED',
    ])
  })

  it('holds where policies on both sides let in their own only (AUTHZ-6)', () => {
    const answer = isolation(world({ clusters: { west: [...objects, own('shop'), own('other')] } }), { between })
    expect([answer.verdict, answer.totals]).toEqual(['HOLDS', [{ verdict: 'UNREACHABLE', reason: 'DENIED', count: 4 }]])
  })

  it('takes for granted that pods without an address are called by their services alone', () => {
    const answer = isolation(world({ clusters: { west: objects } }), { between })
    expect(answer.assumptions.find(({ code }) => code === 'POD_ADDRESSES_UNKNOWN')?.message).toContain('`west/shop/client`')
  })

  it('does not come of hiding services: whoever knows the address of a pod calls it past them (VIS-31)', () => {
    const pod = (name: string, address: string): Manifest => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: name, name: 'store', labels: { app: 'store', 'security.istio.io/tlsMode': 'istio' } },
      spec: {
        containers: [
          { name: 'app', image: 'app', ports: [{ containerPort: 8080 }] },
          { name: 'istio-proxy', image: 'proxy' },
        ],
      },
      status: { phase: 'Running', podIP: address, conditions: [{ type: 'Ready', status: 'True' }] },
    })
    const hidden = [
      ...west(pod('shop', '10.1.0.1'), pod('other', '10.1.0.2')),
      ...['shop', 'other'].map((name) =>
        service(`${name}/store`, { ports: [{ name: 'http', port: 80, targetPort: 8080 }] }, exportedTo('.')),
      ),
    ]
    const open = isolation(world({ clusters: { west: hidden }, cluster: { observed: true } }), { between, by: 'WORKLOAD' })
    expect(open.verdict).toBe('BROKEN')
    expect(lines(open)).toContain('WORKLOAD west/shop/client (1) > 10.1.0.2:8080 REACHABLE PASSTHROUGH')
    const closed = [...hidden, strict, own('shop'), own('other')]
    expect(isolation(world({ clusters: { west: closed }, cluster: { observed: true } }), { between }).verdict).toBe('HOLDS')
  })

  it('is not known where something that decides is missing, and nothing breaks it', () => {
    const filter: Manifest = {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { namespace: 'other', name: 'odd' },
      spec: {
        configPatches: [{ applyTo: 'HTTP_FILTER', match: { context: 'SIDECAR_INBOUND' }, patch: { operation: 'INSERT_FIRST', value: {} } }],
      },
    }
    const answer = isolation(world({ clusters: { west: [...objects, own('shop'), filter] } }), { between })
    expect(answer.verdict).toBe('UNDETERMINED')
  })

  it('of somebody who does not exist is a problem: nobody would be isolated from everybody', () => {
    expect(
      answerIsolation(world({ clusters: { west: objects } }), { between: [{ namespace: 'shop' }, { tenant: 'bank' }] }, { at: 0 }),
    ).toMatchObject({
      problem: { code: 'SOURCE_NOT_FOUND' },
    })
  })

  it('of a namespace that is nowhere is a problem that names it, with the nearest names', () => {
    const snapshot = world({ clusters: { west: objects, east: [] } })
    const problemOf = (subject: SubjectInput) => answerIsolation(snapshot, { between: [{ namespace: 'other' }, subject] }, { at: 0 })
    const nobody = 'the subject means no workload of this version'
    expect(problemOf({ namespace: 'shpo' })).toMatchObject({
      problem: { message: `${nobody}: there is no namespace \`shpo\` in any cluster`, details: { suggestions: ['shop'] } },
    })
    expect(problemOf({ cluster: 'west', namespace: 'shpo' })).toMatchObject({
      problem: { message: `${nobody}: there is no namespace \`shpo\` in cluster \`west\``, details: { suggestions: ['shop'] } },
    })
    expect(problemOf({ namespace: 'shop', serviceAccount: 'nobody' })).toMatchObject({ problem: { message: nobody } })
  })
})
