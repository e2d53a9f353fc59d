import * as fc from 'fast-check'
import type { KubernetesObject, Topology } from './topologies.js'

/** A caller that a random topology has besides its own, in any of its clusters. */
interface Stranger {
  readonly cluster: number
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly account: string
  readonly proxied: boolean
  readonly instances: number
}

const stranger: fc.Arbitrary<Stranger> = fc.record({
  cluster: fc.nat({ max: 2 }),
  namespace: fc.constantFrom('shop', 'bank', 'lab'),
  labels: fc.constantFrom<Stranger['labels'][]>(
    {},
    { team: 'a' },
    { team: 'b' },
    { team: 'a', tier: 'front' },
    { 'app.kubernetes.io/name': 'front' },
    { version: 'v1' },
  ),
  account: fc.constantFrom('default', 'client', 'other', 'other-one'),
  proxied: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  instances: fc.integer({ min: 1, max: 2 }),
})

const object = (apiVersion: string, kind: string, namespace: string, name: string, spec: KubernetesObject): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { namespace, name },
  spec,
})
const networking = (kind: string, namespace: string, name: string, spec: KubernetesObject) =>
  object('networking.istio.io/v1', kind, namespace, name, spec)
const allows = (name: string, source: KubernetesObject, namespace = 'shop') =>
  object('security.istio.io/v1', 'AuthorizationPolicy', namespace, name, { rules: [{ from: [{ source }] }] })
const network = (namespace: string, name: string, spec: KubernetesObject) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', namespace, name, spec)

const team = (value: string) => ({ matchLabels: { team: value } })
const reviews = 'reviews.shop.svc.cluster.local'

/** Each tells callers apart that differ in a label, an account, an address, or in whom they run beside. */
export const tellers: readonly KubernetesObject[] = [
  allows('exact', { principals: ['cluster.local/ns/shop/sa/other'] }),
  allows('begin', { principals: ['cluster.local/ns/lab/sa/oth*'] }),
  allows('end', { principals: ['*one'] }),
  allows('place', { notPrincipals: ['cluster.local/ns/bank/*'] }),
  allows('spaces', { namespaces: ['l*', 'b*k'] }),
  allows('spaces-named', { namespaces: ['shop', 'lab'] }, 'bank'),
  object('security.istio.io/v1', 'AuthorizationPolicy', 'shop', 'not-spaces', {
    action: 'DENY',
    rules: [{ from: [{ source: { notNamespaces: ['shop', 'bank'] } }], to: [{ operation: { methods: ['DELETE'] } }] }],
  }),
  object('security.istio.io/v1', 'AuthorizationPolicy', 'istio-system', 'for-all', {
    action: 'DENY',
    rules: [{ when: [{ key: 'source.namespace', values: ['lab'] }] }],
  }),
  allows('accounts', { serviceAccounts: ['lab/client', 'other'] }, 'bank'),
  object('security.istio.io/v1', 'AuthorizationPolicy', 'bank', 'when', {
    action: 'DENY',
    rules: [{ when: [{ key: 'source.principal', notValues: ['*/sa/client'] }] }],
  }),
  object('security.istio.io/v1', 'AuthorizationPolicy', 'shop', 'blocks', {
    action: 'DENY',
    rules: [{ from: [{ source: { ipBlocks: ['10.0.7.0/31'] } }], to: [{ operation: { methods: ['POST'] } }] }],
  }),
  networking('Sidecar', 'lab', 'narrow', {
    workloadSelector: { labels: { team: 'a' } },
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    egress: [{ hosts: ['bank/*'] }],
  }),
  networking('VirtualService', 'lab', 'by-label', {
    hosts: [reviews],
    exportTo: ['.'],
    http: [
      {
        match: [{ sourceLabels: { tier: 'front' } }],
        fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } },
        route: [{ destination: { host: reviews } }],
      },
      { route: [{ destination: { host: reviews } }] },
    ],
  }),
  networking('DestinationRule', 'lab', 'own', { host: reviews, exportTo: ['.'], trafficPolicy: { tls: { mode: 'DISABLE' } } }),
  networking('DestinationRule', 'lab', 'by-label', {
    host: reviews,
    exportTo: ['.'],
    workloadSelector: team('b'),
    trafficPolicy: { tls: { mode: 'DISABLE' } },
  }),
  networking('EnvoyFilter', 'shop', 'front', {
    workloadSelector: { labels: { 'app.kubernetes.io/name': 'front' } },
    configPatches: [{ applyTo: 'HTTP_FILTER', match: { context: 'SIDECAR_OUTBOUND' }, patch: { operation: 'INSERT_BEFORE', value: {} } }],
  }),
  network('shop', 'teams', {
    podSelector: { matchLabels: { app: 'reviews' } },
    ingress: [{ from: [{ podSelector: {}, namespaceSelector: {} }, { podSelector: team('a') }] }],
  }),
  network('shop', 'same', { podSelector: { matchLabels: { app: 'reviews' } }, ingress: [{ from: [{ podSelector: team('b') }] }] }),
  network('lab', 'quiet', {
    podSelector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
    policyTypes: ['Egress'],
    egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }],
  }),
  network('bank', 'block', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.7.0/30' } }] }] }),
]

const podsOf = (
  { namespace, labels, account, proxied, instances }: Stranger,
  index: number,
  cluster: number,
): readonly KubernetesObject[] =>
  Array.from({ length: instances }, (_, instance) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `stranger-${index}-${instance}`,
      namespace,
      labels: { ...labels, ...(proxied ? { 'security.istio.io/tlsMode': 'istio' } : {}) },
      ownerReferences: [{ kind: 'StatefulSet', name: `stranger-${index}`, controller: true }],
    },
    spec: {
      serviceAccountName: account,
      containers: [{ name: 'app', image: 'app' }, ...(proxied ? [{ name: 'istio-proxy', image: 'proxy' }] : [])],
    },
    status: { phase: 'Running', podIP: `10.${cluster}.7.${index * 2 + instance}`, conditions: [{ type: 'Ready', status: 'True' }] },
  }))

const lab = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lab', labels: { 'istio-injection': 'enabled' } } }

/** The topology with more callers, and objects that name what these may differ in. */
export const crowded = (topologies: fc.Arbitrary<Topology>): fc.Arbitrary<Topology> =>
  fc
    .record({
      topology: topologies,
      strangers: fc.array(stranger, { minLength: 2, maxLength: 8 }),
      told: fc.subarray([...tellers], { maxLength: 5 }),
    })
    .map(({ topology, strangers, told }) => ({
      ...topology,
      clusters: topology.clusters.map((one, position) => ({
        ...one,
        resources: [
          ...one.resources,
          lab,
          ...told,
          ...strangers.flatMap((each, index) =>
            each.cluster % topology.clusters.length === position ? podsOf(each, index, position) : [],
          ),
        ],
      })),
    }))
