import { cluster, deployment, eastWest, istio, type Manifest, naked, service, topology } from '../engine/combinations/asking.js'

export const ledger = [deployment('bank/ledger'), service('bank/ledger')]
export const mesh = (...extra: readonly Manifest[]) =>
  topology([cluster('west', [deployment('shop/web'), deployment('shop/bare', naked), ...ledger, ...extra])])
/** A Sidecar of another workload of the namespace, with a slip in its selector. */
export const mistyped = istio('Sidecar', 'shop/other', { workloadSelector: { labels: { app: 'wbe' } }, egress: [{ hosts: ['./*'] }] })
export const elsewhere = istio('VirtualService', 'bank/ledger', {
  hosts: ['ledger.bank.svc.cluster.local'],
  gateways: ['edge'],
  http: [{ route: [{ destination: { host: 'ledger' } }] }],
})
export const younger = (mode: string) => [
  istio('PeerAuthentication', 'bank/a', { mtls: { mode } }, { creationTimestamp: '2026-01-01T00:00:00Z' }),
  istio('PeerAuthentication', 'bank/b', { mtls: { mode: 'STRICT' } }, { creationTimestamp: '2026-02-01T00:00:00Z' }),
]
export const registryOnly = istio('Sidecar', 'shop/default', {
  outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  egress: [{ hosts: ['./*'] }],
})

export const [proxyOfEast, entranceOfEast] = eastWest('n2', '203.0.113.2')
/** A server that hands on what comes from other networks, at this port. */
export const passing = (number: number) =>
  istio('Gateway', 'istio-system/cross-network', {
    selector: { istio: 'eastwestgateway' },
    servers: [{ port: { number, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.local'] }],
  })
export const subset = (name: string) =>
  istio('DestinationRule', 'bank/ledger', { host: 'ledger', subsets: [{ name, labels: { app: 'ledger' } }] })
export const pinned = istio('VirtualService', 'bank/ledger', {
  hosts: ['ledger'],
  http: [{ route: [{ destination: { host: 'ledger', subset: 'v1' } }] }],
})
/** Two networks; `web` of west calls what east alone runs. */
export const across = (west: readonly Manifest[], east: readonly Manifest[], rest: Manifest = {}) =>
  topology(
    [
      cluster('west', [deployment('shop/web'), service('bank/ledger'), ...west], { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', [...ledger, ...east], { network: 'n2', remoteSecrets: ['west'] }),
    ],
    rest,
  )
export const intoEast = [proxyOfEast ?? {}, entranceOfEast ?? {}]

export const virtualService = (place: string, host: string, spec: Manifest) => istio('VirtualService', place, { hosts: [host], ...spec })
/** A VirtualService for this host, bound to a gateway that the caller is none of. */
export const atTheEdge = (host: string, route: 'http' | 'tcp' | 'tls' = 'http') =>
  virtualService('bank/edge', host, { gateways: ['edge'], [route]: [{ route: [{ destination: { host: 'ledger' } }] }] })
export const foreign = virtualService('shop/api', 'api.example', {
  http: [{ route: [{ destination: { host: 'ledger.bank.svc.cluster.local', port: { number: 80 } } }] }],
})
export const object = (apiVersion: string, kind: string, place: string, spec: Manifest, more: Manifest = {}): Manifest => {
  const [home, name] = place.split('/')
  return { apiVersion, kind, metadata: { namespace: home, name }, spec, ...more }
}
export const networkPolicy = (name: string, spec: Manifest) => object('networking.k8s.io/v1', 'NetworkPolicy', `bank/${name}`, spec)
export const almostClosed = networkPolicy('almost', { podSelector: { matchLabels: { app: 'ledgr' } }, ingress: [] })
export const closed = networkPolicy('closed', { podSelector: {}, ingress: [] })
/** A Service of the pods of `ledger`, at another port. */
export const beside = (name: string, ...ports: readonly Manifest[]) => service(`bank/${name}`, { selector: { app: 'ledger' }, ports })
/** A host outside of the mesh whose port every address of the proxy listens on. */
export const database = (name: string) =>
  istio('ServiceEntry', `bank/${name}`, {
    hosts: [`${name}.example`],
    resolution: 'DNS',
    location: 'MESH_EXTERNAL',
    ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
  })
export const running = (place: string, ip: string, app: string): Manifest => {
  const containers = [
    { name: 'app', image: 'app' },
    { name: 'istio-proxy', image: 'proxyv2' },
  ]
  const status = { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [{ type: 'Ready', status: 'True' }] }
  const { metadata, ...rest } = object('v1', 'Pod', place, { serviceAccountName: app, containers }, { status })
  return { ...rest, metadata: { ...(metadata as Manifest), labels: { app, istio: app } } }
}
/** The EndpointSlice of `bank/ledger`. */
export const sliceOf = (pod: string, ip: string): Manifest => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { namespace: 'bank', name: 'ledger-1', labels: { 'kubernetes.io/service-name': 'ledger' } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080 }],
  endpoints: [{ addresses: [ip], conditions: { ready: true }, targetRef: { kind: 'Pod', namespace: 'bank', name: pod } }],
})
