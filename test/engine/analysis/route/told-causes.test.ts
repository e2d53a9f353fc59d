import { describe, expect, it } from 'vitest'
import { resolveName } from '#engine/analysis/name/resolve-name'
import { chooseRoute } from '#engine/analysis/route/choose-route'
import { findInScope } from '#engine/analysis/scope/find-in-scope'
import {
  calling,
  clientOf,
  exportedTo,
  gateway,
  type Manifest,
  namespace,
  service,
  valueOf,
  virtualService,
  west,
  world,
} from '../calling.js'
import { choose, to } from '../routing.js'

const edge = (labels: Manifest = {}): readonly Manifest[] => [
  namespace('edge', labels),
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'edge', name: 'gate' },
    spec: { template: { metadata: { labels: { istio: 'gate' } }, spec: { containers: [{ name: 'istio-proxy', image: 'proxyv2' }] } } },
  },
]
const gate = gateway('edge/gate', {
  selector: { istio: 'gate' },
  servers: [{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['*'] }],
})
const bound = (name: string, ...http: readonly Manifest[]) =>
  virtualService(name, { hosts: ['shop.example.com'], gateways: ['edge/gate'], http })

interface World {
  readonly labels?: Manifest
  readonly selectors?: readonly Manifest[]
  readonly meshConfig?: Manifest
}

/** The step that ends a gateway's call, and what it names. */
function told(objects: readonly Manifest[], { labels, selectors = [], meshConfig = {} }: World = {}, elsewhere: readonly Manifest[] = []) {
  const clusters = { west: west(service('shop/reviews'), ...edge(labels), ...objects), ...(elsewhere.length > 0 && { east: elsewhere }) }
  const client = clientOf(world({ clusters, meshConfig: { discoverySelectors: selectors, ...meshConfig } }), 'west/edge/gate')
  const call = calling(client, 'shop.example.com')
  const named = valueOf(resolveName(call))
  const inScope = findInScope(call, named, 80)
  const outcome = inScope.passed ? chooseRoute(call, named, inScope.value, 80) : inScope
  const ends = outcome.passed && 'alternatives' in outcome.value ? outcome.value.alternatives.flatMap((one) => one.ends ?? []) : []
  const { message, because } = ends[0] ?? outcome.step
  return { message, names: because.map(({ kind, namespace: home, name }) => `${kind} ${home ?? '-'}/${name}`) }
}

describe('a gateway without a route for the host says why', () => {
  const delegating = bound('shop/root', { match: [{ uri: { prefix: '/cart' } }], delegate: { name: 'cart', namespace: 'shop' } })

  it.each<[string, readonly Manifest[]]>([
    ['is not there', []],
    ['is not exported to namespace `shop`', [virtualService('shop/cart', { http: [{ route: [to('reviews')] }], exportTo: ['edge'] })]],
    [
      'matches no request that `spec.http[0].match` lets through',
      [virtualService('shop/cart', { http: [{ match: [{ uri: { prefix: '/' } }], route: [to('reviews')] }] })],
    ],
  ])('its delegate %s (VIS-29, ROUTE-8)', (what, delegate) => {
    const { message, names } = told([gate, delegating, ...delegate])
    expect(message).toContain(`\`spec.http[0]\` of VirtualService \`shop/root\` is dropped, as the delegate \`shop/cart\` ${what}`)
    expect(names).toContain('VirtualService shop/root')
  })

  it('its Gateway stands in a namespace that is not selected (MODEL-6)', () => {
    const selectors = [{ matchLabels: { 'istio-injection': 'enabled' } }]
    const { message, names } = told([gate, bound('shop/vs', { route: [to('reviews')] })], { labels: {}, selectors })
    expect(message).toContain(
      'routes it only for `edge/gate`, which is unknown, as control plane `west` leaves out namespace `edge` by its discovery selectors',
    )
    expect(names).toEqual(expect.arrayContaining(['VirtualService shop/vs', 'Gateway edge/gate', 'Namespace -/edge']))
    expect(
      told([gate, bound('shop/vs', { route: [to('reviews')] })], { labels: { 'istio-injection': 'enabled' }, selectors }).message,
    ).not.toContain('unknown')
  })

  it('its Gateway is for other pods (ROUTE-12)', () => {
    const other = gateway('edge/other', { selector: { istio: 'internal', tier: 'edge' }, servers: [] })
    const routes = virtualService('shop/vs', { hosts: ['shop.example.com'], gateways: ['edge/other'], http: [{ route: [to('reviews')] }] })
    const { message, names } = told([gate, other, routes])
    expect(message).toContain('routes it only for `edge/other`, which is for pods with the labels `istio: internal, tier: edge`')
    expect(names).toEqual(expect.arrayContaining(['VirtualService shop/vs', 'Gateway edge/other']))
  })

  it.each([
    ['shop.example.com', ['api.example.com'], 'has it, and the server there is for `api.example.com` only'],
    ['*', ['*.example.org', 'api.example.com'], 'has it, and the server there is for `*.example.org` and `api.example.com` only'],
    ['shop.example.com', ['billing/shop.example.com'], 'has it, and no server there takes it from namespace `shop`'],
  ])('its VirtualService has `%s`, the server %s (ROUTE-11)', (host, hosts, why) => {
    const narrow = gateway('edge/gate', {
      selector: { istio: 'gate' },
      servers: [{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts }],
    })
    const routes = virtualService('shop/vs', { hosts: [host], gateways: ['edge/gate'], http: [{ route: [to('reviews')] }] })
    const { message, names } = told([narrow, routes])
    expect(message).toContain(`VirtualService \`shop/vs\` ${why}`)
    expect(names).toEqual(expect.arrayContaining(['VirtualService shop/vs', 'Gateway edge/gate']))
  })

  it('its VirtualService stands in a cluster that the control plane reads no Istio objects of (MODEL-16)', () => {
    const { message, names } = told([gate], {}, [bound('shop/vs', { route: [to('reviews')] })])
    expect(message).toContain(
      'VirtualService `shop/vs` routes it, and stands in cluster `east`, whose Istio objects control plane `west` does not read',
    )
    expect(names).toContain('VirtualService shop/vs')
  })
})

describe('a request that no route matches', () => {
  it('is told of the routes that are dropped (VIS-29)', () => {
    const routes = [
      { match: [{ uri: { prefix: '/cart' } }], delegate: { name: 'cart' } },
      { match: [{ uri: { prefix: '/pay' } }], route: [to('reviews')] },
    ]
    const outcome = choose([virtualService('shop/vs', { hosts: ['reviews'], http: routes })], { ask: { path: '/cart' } })
    expect(outcome.step.message).toContain(
      '`spec.http[0]` of VirtualService `shop/vs` is dropped, as the delegate `shop/cart` is not there',
    )
  })
})

describe('a route to a host that the proxy does not have', () => {
  const endOf = (objects: readonly Manifest[], meshConfig: Manifest = {}) => {
    const { step } = choose(objects, { meshConfig })
    return { message: step.message, names: step.because.map(({ kind, name }) => `${kind} ${name}`) }
  }

  const near = virtualService('shop/vs', { hosts: ['reviews'], http: [{ route: [to('basket.other.svc.cluster.local')] }] })

  it('names the Service that is not exported to it (VIS-2)', () => {
    const { message, names } = endOf([near, service('other/basket', {}, exportedTo('.'))])
    expect(message).toContain('is exported only to `other`, not to `shop`')
    expect(names).toEqual(expect.arrayContaining(['VirtualService vs', 'Service basket']))
  })

  it('names the namespace that is not selected (MODEL-7)', () => {
    const far = virtualService('shop/vs', { hosts: ['reviews'], http: [{ route: [to('basket.far.svc.cluster.local')] }] })
    const discoverySelectors = [{ matchLabels: { 'istio-injection': 'enabled' } }]
    const { message, names } = endOf([far, namespace('far', {}), service('far/basket')], { discoverySelectors })
    expect(message).toContain('control plane `west` leaves out namespace `far` by its discovery selectors')
    expect(names).toContain('Namespace far')
  })
})

describe('a gateway without a route for the host of an Ingress says why the Ingress does not count (GW-9)', () => {
  const backend = { service: { name: 'reviews', port: { number: 9080 } } }
  const rules = [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }]
  const ingress = (spec: Manifest, annotations: Manifest = {}): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'shop', name: 'web', annotations },
    spec: { rules, ...spec },
  })
  const ofClass = (name: string) => ingress({}, { 'kubernetes.io/ingress.class': name })
  const nginx: Manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  }

  it.each<[string, readonly Manifest[], Manifest]>([
    ['as its `ingressControllerMode` is `OFF`', [ofClass('istio')], { ingressControllerMode: 'OFF' }],
    ['as its class is `nginx` and not `istio`', [ofClass('nginx')], {}],
    ['as its IngressClass `nginx` is for `k8s.io/ingress-nginx` and not', [ingress({ ingressClassName: 'nginx' }), nginx], {}],
    ['as its IngressClass `istio` does not exist and its `ingressControllerMode` is', [ingress({ ingressClassName: 'istio' })], {}],
    ['as it names no class and its `ingressControllerMode` is `STRICT`', [ingress({})], {}],
    ['only for the pods with the label `istio: other`', [ofClass('istio')], { ingressSelector: 'other' }],
  ])('%s', (why, objects, meshConfig) => {
    const { message, names } = told(objects, { meshConfig })
    expect(message).toContain(why)
    expect(names).toContain('Ingress shop/web')
  })
})
