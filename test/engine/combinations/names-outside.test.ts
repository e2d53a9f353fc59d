import { describe, expect, it } from 'vitest'
import { ask, assumed, blamed, cluster, deployment, istio, type Manifest, naked, service, told, topology } from './asking.js'

const one = (objects: readonly Manifest[] = [], header: Manifest = {}) =>
  topology([cluster('west', [deployment('shop/web'), ...objects], header)])
const from = 'west/shop/web'
const entry = (host: string, location: string, place = 'shop/host'): Manifest =>
  istio('ServiceEntry', place, { hosts: [host], location, resolution: 'DNS', ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] })
const strict = istio('Sidecar', 'shop/default', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' }, egress: [{ hosts: ['*/*'] }] })

describe('a name of two labels', () => {
  it('is a Service of a namespace first of all: one that nobody gave is a missing input (DNS-6)', () => {
    const answer = ask(one(), from, 'redis.payments:6379')
    expect(told(answer)).toBe('UNDETERMINED INPUT_MISSING at NAME')
    expect(answer.summary).toContain('namespace `payments`')
  })

  it('does not exist in a namespace that the document has (DNS-2, DNS-6)', () => {
    expect(told(ask(one(), from, 'redis.bank:6379'))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it.each(['free.example:80', 'httpbin.org:80', 'example.com:443', 'sightline.io:443'])('`%s` is a host outside (DNS-5)', (to) => {
    expect(told(ask(one(), from, to))).toMatch(/^REACHABLE PASSTHROUGH/)
  })

  it('with a StatefulSet’s pod before it is no host outside either (DNS-4, DNS-6)', () => {
    expect(told(ask(one(), from, 'redis-0.redis.payments:6379'))).toBe('UNDETERMINED INPUT_MISSING at NAME')
    expect(told(ask(one(), from, 'redis-0.redis-headless.bank:6379'))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
    expect(told(ask(one(), from, 'node-1.partner.example:80'))).toMatch(/^REACHABLE PASSTHROUGH/)
  })

  it('stated by a ServiceEntry is that host (DNS-5)', () => {
    expect(told(ask(one([entry('redis.payments', 'MESH_EXTERNAL')]), from, 'redis.payments:80'))).toMatch(/^REACHABLE/)
  })

  it('routed by a VirtualService is that host (ROUTE-1, DNS-5)', () => {
    const route = istio('VirtualService', 'shop/host', { hosts: ['d.service'], http: [{ route: [{ destination: { host: 'web' } }] }] })
    expect(told(ask(one([route, service('shop/web')]), from, 'd.service:80'))).toMatch(/^REACHABLE/)
  })

  it.each(['kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'])(
    '`%s` is there in every cluster, given or not (DNS-2)',
    (host) => {
      const answer = ask(one(), from, `${host}:443`)
      expect(told(answer)).toMatch(/^REACHABLE PASSTHROUGH/)
      expect(assumed(answer)).toContain('API_SERVER_ASSUMED')
    },
  )

  it('and a proxy that passes nothing on may lack the API server: nobody knows (ROUTE-30)', () => {
    expect(told(ask(one([strict]), from, 'kubernetes.default:443'))).toBe('UNDETERMINED INPUT_MISSING at NAME')
  })
})

describe('a name below a private top level', () => {
  it.each(['metadata.google.internal', 'git.ops.corp', 'nas.home.lan', 'db.eu.private'])(
    '`%s` may be served by a resolver that nobody described (DNS-5)',
    (host) => {
      expect(told(ask(one(), from, `${host}:80`))).toBe('UNDETERMINED INPUT_MISSING at NAME')
    },
  )

  it('makes no difference where the proxy refuses what it does not know (ROUTE-30)', () => {
    expect(told(ask(one([strict]), from, 'metadata.google.internal:80'))).toMatch(/^UNREACHABLE BLACKHOLED/)
  })

  it('is taken to be served where a ServiceEntry says that the host stands outside (DNS-5)', () => {
    expect(told(ask(one([entry('db.eu.corp', 'MESH_EXTERNAL')]), from, 'db.eu.corp:80'))).toMatch(/^REACHABLE/)
  })

  it('is served by nobody where the mesh made the name up (DNS-5)', () => {
    expect(told(ask(one([entry('db.eu.corp', 'MESH_INTERNAL')]), from, 'db.eu.corp:80'))).toMatch(/^(UNDETERMINED|UNREACHABLE)/)
    expect(told(ask(one(), from, 'reviews.shop.global:80'))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })
})

describe('a host of the mesh that only an unread ServiceEntry names', () => {
  const pair = (more: readonly Manifest[] = [], caller: Manifest = {}) =>
    topology([
      cluster('one', [], { remoteSecrets: ['two'] }),
      cluster('two', [deployment('shop/web', {}, caller), entry('db.corp.example', 'MESH_INTERNAL'), ...more], {
        controlPlane: { role: 'REMOTE', managedBy: 'one' },
      }),
    ])

  it('is not known to exist outside as well, and the entry is named (MODEL-16)', () => {
    const answer = ask(pair(), 'two/shop/web', 'db.corp.example:80')
    expect(told(answer)).toBe('UNDETERMINED INPUT_MISSING at NAME')
    expect(blamed(answer)).toEqual(['ServiceEntry two/shop/host'])
  })

  it('does not concern a caller without a proxy (ROUTE-34)', () => {
    expect(told(ask(pair([], naked), 'two/shop/web', 'db.corp.example:80'))).toMatch(/^REACHABLE/)
  })
})

describe('names of a StatefulSet’s pods', () => {
  const headless = service('shop/db', { clusterIP: 'None' })
  const set = (spec: Manifest): Manifest => {
    const { spec: written, metadata } = deployment('shop/db') as { spec: Manifest; metadata: Manifest }
    return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { ...written, serviceName: 'db', ...spec } }
  }
  it.each([
    ['db-0', { replicas: 2 }, 'REACHABLE'],
    ['db-1', { replicas: 2 }, 'REACHABLE'],
    ['db-2', { replicas: 2 }, 'UNREACHABLE'],
    ['db-0', {}, 'REACHABLE'],
    ['db-1', {}, 'UNREACHABLE'],
    ['db-00', { replicas: 2 }, 'UNREACHABLE'],
    ['db', { replicas: 2 }, 'UNREACHABLE'],
    ['db-4', { replicas: 2, ordinals: { start: 3 } }, 'REACHABLE'],
    ['db-0', { replicas: 2, ordinals: { start: 3 } }, 'UNREACHABLE'],
  ])('`%s` with %j: %s (DNS-4, DNS-12)', (pod, spec, verdict) => {
    for (const dns of [{ capture: false }, { capture: true }])
      expect(ask(one([headless, set(spec)], { dns }), from, `${pod}.db.shop.svc.cluster.local:8080`).verdict).toBe(verdict)
  })

  it('stand under the Service that the StatefulSet names (DNS-4)', () => {
    const answer = (serviceName: string) =>
      told(ask(one([headless, set({ replicas: 2, serviceName })]), from, 'db-1.db.shop.svc.cluster.local:8080'))
    expect(answer('db')).toMatch(/^REACHABLE/)
    expect(answer('db-pods')).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it('of a Deployment nobody knows before its pods are there (DNS-4)', () => {
    expect(ask(one([headless, deployment('shop/db')]), from, 'db-0.db.shop.svc.cluster.local:8080').verdict).toBe('UNREACHABLE')
  })

  it('of a Deployment whose template gives its pod one are known (DNS-4)', () => {
    const fixed = (spec: Manifest): Manifest => {
      const made = deployment('shop/db') as {
        readonly spec: { readonly template: { readonly spec: Manifest } & Manifest } & Manifest
      } & Manifest
      return { ...made, spec: { ...made.spec, template: { ...made.spec.template, spec: { ...made.spec.template.spec, ...spec } } } }
    }
    const answer = (spec: Manifest, pod: string) => ask(one([headless, fixed(spec)]), from, `${pod}.db.shop.svc.cluster.local:8080`).verdict
    expect(answer({ hostname: 'first', subdomain: 'db' }, 'first')).toBe('REACHABLE')
    expect(answer({ hostname: 'first', subdomain: 'db' }, 'second')).toBe('UNREACHABLE')
    expect(answer({ hostname: 'first', subdomain: 'other' }, 'first')).toBe('UNREACHABLE')
    expect(answer({ hostname: 'first' }, 'first')).toBe('UNREACHABLE')
  })

  it('a pod that is not among those behind the Service is what the answer says is missing (DNS-4)', () => {
    expect(ask(one([headless, set({ replicas: 2 })]), from, 'db-7.db.shop.svc.cluster.local:8080').summary).toContain('is named `db-7`')
  })
})
