import * as fc from 'fast-check'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { type KubernetesObject, read } from './topologies.js'

/** What pods of one owner may differ in while a rollout is half done. */
export interface Instance {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly node: number | undefined
  readonly account: string
  readonly proxied: boolean
  readonly ready: boolean
}

/** Callers and servers of one owner each, the Service between them, and what else is there. */
export interface Rollout {
  readonly callers: readonly Instance[]
  readonly servers: readonly Instance[]
  readonly service: KubernetesObject
  readonly objects: readonly KubernetesObject[]
}

export const clusters = { nodes: 3 } as const

const traffic = 'traffic.sidecar.istio.io/'

const instance: fc.Arbitrary<Instance> = fc.record({
  labels: fc.constantFrom<Instance['labels'][]>(
    {},
    {},
    {},
    { 'pod-template-hash': 'old', version: 'v1' },
    { 'pod-template-hash': 'new', version: 'v1' },
    { 'pod-template-hash': 'new', version: 'v2' },
  ),
  annotations: fc.constantFrom<Instance['annotations'][]>(
    {},
    {},
    {},
    { 'example.org/checksum': '1' },
    { [`${traffic}excludeOutboundPorts`]: '80' },
    { [`${traffic}excludeInboundPorts`]: '8080' },
  ),
  node: fc.option(fc.nat({ max: clusters.nodes - 1 }), { nil: undefined, freq: 5 }),
  account: fc.constantFrom('default', 'default', 'default', 'default', 'other'),
  proxied: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  ready: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
})

const object = (apiVersion: string, kind: string, name: string, spec: KubernetesObject, namespace = 'shop'): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  spec,
})
const networking = (kind: string, name: string, spec: KubernetesObject) => object('networking.istio.io/v1', kind, name, spec)
const security = (kind: string, name: string, spec: KubernetesObject, namespace?: string) =>
  object('security.istio.io/v1', kind, name, spec, namespace)

const outliers = { outlierDetection: { consecutive5xxErrors: 3 } }
const select = (label: string, value: string) => ({ matchLabels: { [label]: value } })
const rule = (name: string, spec: KubernetesObject) => networking('DestinationRule', name, { host: 'server', ...spec })

export const meshWide = security('PeerAuthentication', 'mesh', { mtls: { mode: 'STRICT' } }, 'istio-system')

/** Each looks at something by which pods of one owner may differ. */
const objects: readonly KubernetesObject[] = [
  meshWide,
  security('PeerAuthentication', 'zonal', { selector: select('topology.kubernetes.io/zone', 'a'), mtls: { mode: 'DISABLE' } }),
  security('PeerAuthentication', 'rolled', { selector: select('pod-template-hash', 'new'), mtls: { mode: 'STRICT' } }),
  security('AuthorizationPolicy', 'blocks', { action: 'DENY', rules: [{ from: [{ source: { ipBlocks: ['10.1.0.0/31'] } }] }] }),
  security('AuthorizationPolicy', 'target', { action: 'DENY', rules: [{ when: [{ key: 'destination.ip', values: ['10.1.1.1'] }] }] }),
  security('AuthorizationPolicy', 'account', {
    action: 'DENY',
    rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/other'] } }] }],
  }),
  security('AuthorizationPolicy', 'rolled', { selector: select('pod-template-hash', 'old'), action: 'DENY', rules: [{}] }),
  networking('Sidecar', 'narrow', {
    workloadSelector: { labels: { version: 'v2' } },
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    egress: [{ hosts: ['istio-system/*'] }],
  }),
  rule('near', { trafficPolicy: outliers }),
  rule('spread', {
    trafficPolicy: {
      ...outliers,
      loadBalancer: { localityLbSetting: { distribute: [{ from: 'r/a/*', to: { 'r/a/*': 80, 'r/b/*': 20 } }] } },
    },
  }),
  rule('rolled', { workloadSelector: select('pod-template-hash', 'new'), trafficPolicy: { tls: { mode: 'DISABLE' } } }),
  networking('VirtualService', 'canary', {
    hosts: ['server'],
    http: [
      { match: [{ sourceLabels: { version: 'v1' } }], route: [{ destination: { host: 'server' } }] },
      { fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } }, route: [{ destination: { host: 'server' } }] },
    ],
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', 'rolled', {
    podSelector: select('pod-template-hash', 'new'),
    policyTypes: ['Ingress'],
    ingress: [{}],
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', 'blocks', {
    podSelector: select('app', 'server'),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.0/30' } }] }],
  }),
]

export const rollouts: fc.Arbitrary<Rollout> = fc.record({
  callers: fc.array(instance, { minLength: 1, maxLength: 5 }),
  servers: fc.array(instance, { minLength: 1, maxLength: 5 }),
  service: fc.constantFrom<KubernetesObject[]>(
    {},
    {},
    { internalTrafficPolicy: 'Local' },
    { trafficDistribution: 'PreferSameNode' },
    { trafficDistribution: 'PreferClose' },
  ),
  objects: fc.subarray([...objects], { maxLength: 5 }),
})

const podOf = (owner: string, index: number, { labels, annotations, node, account, proxied, ready }: Instance): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `${owner}-${index}`,
    namespace: 'shop',
    labels: { app: owner, ...labels, ...(proxied ? { 'security.istio.io/tlsMode': 'istio' } : {}) },
    annotations,
    ownerReferences: [{ kind: 'StatefulSet', name: owner, controller: true }],
  },
  spec: {
    serviceAccountName: account,
    ...(node === undefined ? {} : { nodeName: `node-${node}` }),
    containers: [{ name: 'app', image: 'app' }, ...(proxied ? [{ name: 'istio-proxy', image: 'proxy' }] : [])],
  },
  status: {
    phase: 'Running',
    podIP: addressOf(owner, index),
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
  },
})

const addressOf = (owner: string, index: number): string => `10.1.${owner === 'client' ? 0 : 1}.${index}`

const nodes: readonly KubernetesObject[] = Array.from({ length: clusters.nodes }, (_, index) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: `node-${index}`,
    labels: { 'topology.kubernetes.io/region': 'r', 'topology.kubernetes.io/zone': index < 2 ? 'a' : 'b' },
  },
}))

const sliceOf = (servers: readonly Instance[]): KubernetesObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'server-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'server' } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080 }],
  endpoints: servers.map(({ node, ready }, index) => ({
    addresses: [addressOf('server', index)],
    conditions: { ready },
    targetRef: { kind: 'Pod', name: `server-${index}`, namespace: 'shop' },
    ...(node === undefined ? {} : { nodeName: `node-${node}` }),
  })),
})

/** The document with one live cluster. */
export const snapshotOf = ({ callers, servers, service, objects: more }: Rollout): Snapshot => {
  const resources = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } },
    ...nodes,
    ...callers.map((one, index) => podOf('client', index, one)),
    ...servers.map((one, index) => podOf('server', index, one)),
    object('v1', 'Service', 'server', {
      clusterIP: '10.0.0.9',
      selector: { app: 'server' },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      ...service,
    }),
    sliceOf(servers),
    ...more,
  ]
  const west = { name: 'west', controlPlane: { role: 'PRIMARY' }, remoteSecrets: [], resources }
  return read({ networks: [], controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2' }], clusters: [west] }).snapshot
}
