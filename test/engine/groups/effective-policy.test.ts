import { describe, expect, it } from 'vitest'
import type { EffectivePolicy } from '#engine/model/groups/effective-policy'
import { deployment, destinationRule, gateway, type Manifest, service, sidecar, virtualService, west, world } from '../analysis/calling.js'
import { effective } from './turned.js'

const of = { namespace: 'shop', workload: 'web' }
const host = 'web.shop.svc.cluster.local'
const app = (name: string) => ({ selector: { matchLabels: { app: name } } })

const security =
  (kind: string) =>
  (name: string, spec: Manifest, metadata: Manifest = {}): Manifest => {
    const [namespace = '', own = ''] = name.split('/')
    return { apiVersion: 'security.istio.io/v1', kind, metadata: { namespace, name: own, ...metadata }, spec }
  }
const peer = security('PeerAuthentication')
const authorization = security('AuthorizationPolicy')

const asked = (...objects: readonly Manifest[]): EffectivePolicy =>
  effective(world({ clusters: { west: west(service('shop/web'), deployment('shop/web'), ...objects) } }), { of, first: 100 })

const told = ({ rows }: EffectivePolicy, concern: string): readonly string[] =>
  rows
    .filter((row) => row.concern === concern)
    .map(({ port, host: at, state, resource, by }) => {
      const loser = by === null ? '' : ` < ${by.namespace}/${by.name}`
      return `${at ?? ''}:${port ?? '*'} ${state} ${resource === null ? '-' : `${resource.namespace}/${resource.name}`}${loser}`
    })

describe('what is in force for a workload', () => {
  it('is the default where nothing says anything: mutual TLS is optional, and everybody may call (TLS-3, AUTHZ-6)', () => {
    const answer = asked()
    expect(answer.rows.map(({ workload, port, concern, message }) => [workload, port, concern, message])).toEqual([
      ['west/shop/web', 80, 'MUTUAL_TLS', 'mutual TLS is `PERMISSIVE`, as nothing says otherwise'],
      ['west/shop/web', 80, 'AUTHORIZATION', 'everybody may call, as no policy says otherwise'],
    ])
  })

  it('of PeerAuthentications is the one nearest to the workload, and for callers that of the namespace; each other one is overridden (TLS-1, TLS-2, TLS-6)', () => {
    const mesh = peer('istio-system/mesh', { mtls: { mode: 'STRICT' } })
    const home = peer('shop/home', { mtls: { mode: 'PERMISSIVE' } })
    const own = peer('shop/own', { ...app('web'), mtls: { mode: 'STRICT' }, portLevelMtls: { 80: { mode: 'DISABLE' } } })
    const stray = peer('shop/stray', { ...app('other'), mtls: { mode: 'DISABLE' } })
    expect(told(asked(mesh, home, own, stray), 'MUTUAL_TLS')).toEqual([
      ':80 IN_FORCE shop/own',
      ':80 IN_FORCE shop/home',
      ':80 OVERRIDDEN istio-system/mesh < shop/own',
    ])
  })

  it('of AuthorizationPolicies are all that select it, by action; a dry run and those of another kind are not (AUTHZ-4, AUTHZ-31)', () => {
    const allow = authorization('shop/allow', {
      rules: [{ to: [{ operation: { ports: ['80'] } }] }, { to: [{ operation: { ports: ['81'] } }] }],
    })
    const deny = authorization('istio-system/deny', { ...app('web'), action: 'DENY', rules: [{}] })
    const dry = authorization('shop/dry', { rules: [{}] }, { annotations: { 'istio.io/dry-run': 'true' } })
    const aimed = authorization('shop/aimed', {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'g' }],
      rules: [{}],
    })
    const answer = asked(allow, deny, dry, aimed)
    expect(told(answer, 'AUTHORIZATION')).toEqual([
      ':80 IN_FORCE istio-system/deny',
      ':80 IN_FORCE shop/allow',
      ':80 NOT_ENFORCED shop/aimed',
      ':80 NOT_ENFORCED shop/dry',
    ])
    expect(answer.rows.find(({ resource }) => resource?.name === 'allow')?.message).toBe(
      'lets in what its rule matches; what no ALLOW policy lets in is denied',
    )
  })

  it('of Sidecars is exactly one (VIS-14)', () => {
    const selecting = sidecar('shop/own', { workloadSelector: { labels: { app: 'web' } }, egress: [{ hosts: ['./*'] }] })
    const plain = sidecar('shop/default', { egress: [{ hosts: ['*/*'] }] })
    expect(told(asked(selecting, plain), 'SIDECAR')).toEqual([':* IN_FORCE shop/own', ':* OVERRIDDEN shop/default < shop/own'])
  })

  it('of VirtualServices for its host is the first in the mesh, and each that leads to it at a gateway (VIS-25, VIS-27)', () => {
    const to = [{ route: [{ destination: { host: 'web' } }] }]
    const old = { creationTimestamp: '2026-01-01T00:00:00Z' }
    const first = virtualService('shop/first', { hosts: ['web'], http: to }, old)
    const second = virtualService('shop/second', { hosts: [host], http: to }, { creationTimestamp: '2026-02-01T00:00:00Z' })
    const outside = virtualService('shop/outside', { hosts: ['shop.example'], gateways: ['edge'], http: to })
    const edge = gateway('shop/edge', {
      selector: { istio: 'edge' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    })
    expect(told(asked(first, second, outside, edge), 'ROUTES')).toEqual([
      `${host}:80 IN_FORCE shop/first`,
      `${host}:80 OVERRIDDEN shop/second < shop/first`,
      `${host}:80 IN_FORCE shop/outside`,
    ])
  })

  it('of VirtualServices at gateways is also one that hands connections on (ROUTE-9)', () => {
    const handed = virtualService('shop/tcp', { hosts: ['*'], gateways: ['edge'], tcp: [{ route: [{ destination: { host: 'web' } }] }] })
    expect(told(asked(handed), 'ROUTES')).toEqual([`${host}:80 IN_FORCE shop/tcp`])
  })

  it('of DestinationRules is the nearest for callers without one of their own, who are named (ROUTE-20)', () => {
    const own = destinationRule('shop/web', { host: 'web', subsets: [{ name: 'v1', labels: { version: 'v1' } }] })
    const mesh = destinationRule('istio-system/all', { host: '*.local' })
    const theirs = destinationRule('other/web', { host, exportTo: ['.'] })
    const answer = asked(own, mesh, theirs)
    expect(told(answer, 'DESTINATION').toSorted()).toEqual([
      `${host}:80 IN_FORCE other/web`,
      `${host}:80 IN_FORCE shop/web`,
      `${host}:80 OVERRIDDEN istio-system/all < shop/web`,
    ])
    const messages = answer.rows.filter(({ concern }) => concern === 'DESTINATION').map(({ message }) => message)
    expect(messages).toContain('says how callers of namespace `other` connect')
    expect(messages).toContain('says how callers connect, with the subsets `v1`')
  })

  it('is not known of what changes its proxy, and is told of network policies by direction (EXT-1, NP-4)', () => {
    const filter: Manifest = {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { namespace: 'shop', name: 'odd' },
      spec: { workloadSelector: { labels: { app: 'web' } }, configPatches: [] },
    }
    const network: Manifest = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace: 'shop', name: 'quiet' },
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [] },
    }
    const answer = asked(filter, network)
    expect(told(answer, 'EXTENSION')).toEqual([':* NOT_FOLLOWED shop/odd'])
    expect(answer.rows.filter(({ concern }) => concern === 'NETWORK_POLICY').map(({ message }) => message)).toEqual([
      'of what comes in only that passes which one of the policies lets through, this one by 1 rule',
      'of what goes out only that passes which one of the policies lets through, this one by 0 rules',
    ])
  })

  it('of a workload without a proxy is nothing of the mesh (MODEL-30)', () => {
    const bare = west(
      service('shop/web'),
      deployment('shop/web', { 'sidecar.istio.io/inject': 'false' }),
      peer('shop/home', { mtls: { mode: 'STRICT' } }),
    )
    expect(effective(world({ clusters: { west: bare } }), { of }).rows.map(({ message }) => message)).toEqual([
      'everybody may call, as no proxy of the mesh stands in front of it',
    ])
  })
})
