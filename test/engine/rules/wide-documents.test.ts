import { describe, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import { growsAsItsInput, processorTime } from '../growth.js'

const istio = 'networking.istio.io/v1'
const inShop = (apiVersion: string, kind: string, name: string, rest: object) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
})
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const labels = { app: 'cart' }
const security = 'security.istio.io/v1'
const inAmbientMode = { 'istio.io/dataplane-mode': 'ambient', 'sidecar.istio.io/inject': 'false' }
const workload = (kind: string, name: string, own: object, spec: object = {}) =>
  inShop('apps/v1', kind, name, {
    spec: { selector: { matchLabels: own }, template: { metadata: { labels: own }, spec: { containers: [] } }, ...spec },
  })
const base = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } },
  workload('Deployment', 'cart', labels),
  inShop('v1', 'Service', 'cart', { spec: { selector: labels, ports: [{ name: 'http', port: 80 }] } }),
]
const virtualService = (name: string, spec: object) => inShop(istio, 'VirtualService', name, { spec })
const toCart = { route: [{ destination: { host: 'cart' } }] }
const port = { number: 80, name: 'http', protocol: 'HTTP' }

/** Documents whose parts can be held against one another: `wide` of them. */
const kinds: Readonly<Record<string, (wide: number) => readonly object[]>> = {
  'routes of one VirtualService': (wide) => [
    virtualService('v', { hosts: ['cart'], http: times(wide, (at) => ({ match: [{ uri: { exact: `/p${at}` } }], ...toCart })) }),
  ],
  'matches of one route': (wide) => [
    virtualService('v', {
      hosts: ['cart'],
      http: [{ match: times(wide, (at) => ({ headers: { [`h${at}`]: { exact: 'x' } } })), ...toCart }],
    }),
  ],
  'matches of one route by the name of the server': (wide) => [
    virtualService('v', {
      hosts: ['cart'],
      tls: [{ match: times(wide, (at) => ({ port: 443, sniHosts: [`h${at}.example`] })), ...toCart }],
    }),
  ],
  'hosts of one VirtualService, and names of servers': (wide) => [
    virtualService('v', {
      hosts: times(wide, (at) => `${at % 2 ? '*.' : ''}h${at}.example`),
      tls: [{ match: [{ port: 443, sniHosts: times(wide, (at) => `h${at}.example`) }], ...toCart }],
    }),
  ],
  'routes of one VirtualService for callers of some labels each': (wide) => [
    virtualService('v', { hosts: ['cart'], http: times(wide / 4, (at) => ({ match: [{ sourceLabels: { app: `a${at}` } }], ...toCart })) }),
    ...times(wide / 4, (at) => workload('Deployment', `a${at}`, { app: `a${at}` })),
  ],
  'routes by the name of the server of as many hosts': (wide) => [
    virtualService('v', {
      hosts: times(wide, (at) => `h${at}.example`),
      tls: times(wide, (at) => ({ match: [{ port: 443, sniHosts: [`h${at}.example`] }], ...toCart })),
    }),
  ],
  'rules of one policy, and issuers of the tokens that they ask for': (wide) => [
    inShop(security, 'RequestAuthentication', 'r', { spec: { jwtRules: times(wide / 4, (at) => ({ issuer: `i${at}` })) } }),
    inShop(security, 'AuthorizationPolicy', 'p', {
      spec: { rules: times(wide, (at) => ({ from: [{ source: { requestPrincipals: [`i${at}/me`] } }] })) },
    }),
  ],
  'delegates of one VirtualService': (wide) => [
    virtualService('v', { hosts: ['cart'], http: times(wide, (at) => ({ delegate: { name: `d${at}` } })) }),
    ...times(wide, (at) => virtualService(`d${at}`, { http: [{ match: [{ uri: { exact: `/p${at}` } }], ...toCart }] })),
  ],
  'VirtualServices for one host': (wide) => times(wide, (at) => virtualService(`v${at}`, { hosts: ['cart'], http: [toCart] })),
  'hosts and Gateways of two VirtualServices': (wide) => [
    ...times(wide, (at) => inShop(istio, 'Gateway', `g${at}`, { spec: { selector: { app: 'edge' }, servers: [{ port, hosts: ['*'] }] } })),
    ...['one', 'two'].map((name) =>
      virtualService(name, {
        hosts: times(wide, (at) => `h${at}.${at % 2 === 0 ? name : 'both'}.example`),
        gateways: times(wide, (at) => `g${at}`),
        http: [toCart],
      }),
    ),
  ],
  'delegates that nobody has': (wide) => [
    virtualService('v', { hosts: ['cart'], http: times(wide, (at) => ({ delegate: { name: `gone${at}` } })) }),
    ...times(wide / 8, (at) => virtualService(`d${at}`, { http: [toCart] })),
  ],
  'ServiceEntries for one host that proxies look up': (wide) =>
    times(wide, (at) => inShop(istio, 'ServiceEntry', `e${at}`, { spec: { hosts: ['h.example'], ports: [port], resolution: 'DNS' } })),
  'ServiceEntries for the host of a Service': (wide) =>
    times(wide, (at) =>
      inShop(istio, 'ServiceEntry', `e${at}`, {
        spec: {
          hosts: ['cart.shop.svc.cluster.local'],
          ports: [port],
          resolution: 'STATIC',
          endpoints: [{ address: `10.0.${at >> 8}.${at & 255}` }],
        },
      }),
    ),
  'policies with a namespace each that nobody has': (wide) =>
    times(wide, (at) =>
      inShop('security.istio.io/v1', 'AuthorizationPolicy', `a${at}`, {
        spec: { rules: [{ from: [{ source: { namespaces: [`n${at}`] } }] }] },
      }),
    ),
  'listeners of one Gateway of the Gateway API': (wide) => [
    inShop('gateway.networking.k8s.io/v1', 'Gateway', 'g', {
      spec: {
        gatewayClassName: 'istio',
        listeners: times(wide, (at) => ({ name: `l${at}`, port: 80, protocol: 'HTTP', hostname: `h${at}.example` })),
      },
    }),
  ],
  'DestinationRules for one host': (wide) =>
    times(wide, (at) => inShop(istio, 'DestinationRule', `d${at}`, { spec: { host: 'cart', subsets: [{ name: `v${at}`, labels: {} }] } })),
  'Gateways with a VirtualService each': (wide) => [
    ...times(wide, (at) =>
      inShop(istio, 'Gateway', `g${at}`, {
        spec: { selector: { istio: 'ingressgateway' }, servers: [{ port, hosts: [`h${at}.example`] }] },
      }),
    ),
    ...times(wide, (at) => virtualService(`v${at}`, { hosts: [`h${at}.example`], gateways: [`g${at}`], http: [toCart] })),
  ],
  'Gateways of the Gateway API with a route each': (wide) => [
    ...times(wide / 4, (at) =>
      inShop('gateway.networking.k8s.io/v1', 'Gateway', `g${at}`, {
        spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
      }),
    ),
    ...times(wide / 4, (at) =>
      inShop('gateway.networking.k8s.io/v1', 'HTTPRoute', `r${at}`, {
        spec: { parentRefs: [{ name: `g${at}` }], rules: [{ backendRefs: [{ name: 'cart', port: 80 }] }] },
      }),
    ),
  ],
  'Services for a pod of a StatefulSet each': (wide) =>
    times(wide, (at) => [
      workload('StatefulSet', `s${at}`, { app: `s${at}` }, { replicas: 1_000 }),
      inShop('v1', 'Service', `p${at}`, {
        spec: { selector: { 'statefulset.kubernetes.io/pod-name': `s${at}-1` }, ports: [{ name: 'http', port: 80 }] },
      }),
    ]).flat(),
  'NetworkPolicies for pods in ambient mode, with callers that nobody is': (wide) => [
    ...times(wide / 4, (at) => workload('Deployment', `a${at}`, { app: `a${at}`, ...inAmbientMode })),
    ...times(wide, (at) =>
      inShop('networking.k8s.io/v1', 'NetworkPolicy', `n${at}`, {
        spec: {
          podSelector: { matchLabels: { app: `a${at % (wide / 4)}` } },
          ingress: [{ from: [{ podSelector: { matchLabels: { app: `none${at}` } } }], ports: [{ port: 8080 }] }],
        },
      }),
    ),
  ],
  'policies for a ServiceEntry each': (wide) =>
    times(wide, (at) => [
      inShop(istio, 'ServiceEntry', `e${at}`, { spec: { hosts: [`h${at}.example`], ports: [port], resolution: 'DNS' } }),
      inShop(security, 'AuthorizationPolicy', `p${at}`, {
        spec: { targetRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: `e${at}` }] },
      }),
    ]).flat(),
  'policies and issuers of tokens for a workload each': (wide) =>
    times(wide, (at) => {
      const selector = { matchLabels: { app: `a${at}` } }
      return [
        workload('Deployment', `a${at}`, { app: `a${at}` }),
        inShop(security, 'RequestAuthentication', `r${at}`, { spec: { selector, jwtRules: [{ issuer: `i${at}` }] } }),
        inShop(security, 'AuthorizationPolicy', `p${at}`, {
          spec: { selector, rules: [{ from: [{ source: { requestPrincipals: [`x${at}/me`] } }] }] },
        }),
      ]
    }).flat(),
  'ServiceEntries for one host': (wide) =>
    times(wide, (at) =>
      inShop(istio, 'ServiceEntry', `e${at}`, {
        spec: { hosts: ['one.example'], ports: [port], resolution: 'STATIC', endpoints: [{ address: `10.1.${at >> 8}.${at & 255}` }] },
      }),
    ),
  'hosts and endpoints of one ServiceEntry': (wide) => [
    inShop(istio, 'ServiceEntry', 'e', {
      spec: {
        hosts: times(wide, (at) => `h${at}.example`),
        ports: [port],
        resolution: 'STATIC',
        endpoints: times(wide / 8, (at) => ({ address: `10.1.${at >> 8}.${at & 255}` })),
      },
    }),
  ],
}

const documentOf = (resources: readonly object[]) => ({
  apiVersion: 'sightline/v1',
  kind: 'Topology',
  clusters: [{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources: [...base, ...resources] }],
})

/** Milliseconds of the processor that a report on it takes. */
function timeOf(resources: readonly object[]): Promise<number> {
  const body = new TextEncoder().encode(JSON.stringify(documentOf(resources)))
  return processorTime(() => createInProcessAnalyst().validate({ body, mediaType: 'application/json' }, 0))
}

describe.each(Object.entries(kinds))('a report on %s', (_kind, make) => {
  it('takes a time that grows as the document does', { timeout: 120_000 }, () => growsAsItsInput(1_000, (wide) => timeOf(make(wide))))
})
