interface Policy {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: Readonly<Record<string, unknown>>
}

const groups: Readonly<Record<string, string>> = { AuthorizationPolicy: 'security', PeerAuthentication: 'security' }

const policy = (kind: string, namespace: string, spec: Policy['spec']): Policy => ({
  apiVersion: `${groups[kind] ?? 'networking'}.istio.io/v1`,
  kind,
  metadata: { name: 'one', namespace },
  spec,
})

const matching = (app: string) => ({ selector: { matchLabels: { app } } })
const reviews = 'reviews.shop.svc.cluster.local'
const ledger = 'ledger.bank.svc.cluster.local'

/** At most one of a kind and namespace stands in a cluster, so that picking from here never writes one object twice. */
export const policyPool: readonly Policy[] = [
  policy('Sidecar', 'shop', { egress: [{ hosts: ['./*'] }] }),
  policy('Sidecar', 'shop', { egress: [{ hosts: ['*/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }),
  policy('Sidecar', 'bank', { egress: [{ hosts: [`shop/${reviews}`, './*'] }] }),
  policy('Sidecar', 'istio-system', { egress: [{ hosts: ['./*', 'istio-system/*'] }] }),
  policy('PeerAuthentication', 'istio-system', { mtls: { mode: 'STRICT' } }),
  policy('PeerAuthentication', 'shop', { mtls: { mode: 'DISABLE' } }),
  policy('PeerAuthentication', 'shop', { ...matching('reviews'), mtls: { mode: 'STRICT' }, portLevelMtls: { 9080: { mode: 'DISABLE' } } }),
  policy('PeerAuthentication', 'bank', { mtls: { mode: 'STRICT' } }),
  policy('AuthorizationPolicy', 'shop', { ...matching('reviews'), rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] }),
  policy('AuthorizationPolicy', 'shop', {
    rules: [{ from: [{ source: { notNamespaces: ['bank'] } }], to: [{ operation: { methods: ['GET'] } }] }],
  }),
  policy('AuthorizationPolicy', 'bank', { rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/client'] } }] }] }),
  policy('AuthorizationPolicy', 'istio-system', { action: 'DENY', rules: [{ to: [{ operation: { ports: ['9999'] } }] }] }),
  policy('AuthorizationPolicy', 'bank', {}),
  policy('DestinationRule', 'shop', {
    host: reviews,
    subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    trafficPolicy: { outlierDetection: {} },
  }),
  policy('DestinationRule', 'shop', { host: '*.local', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }),
  policy('DestinationRule', 'istio-system', { host: ledger, trafficPolicy: { tls: { mode: 'DISABLE' } } }),
  policy('DestinationRule', 'bank', { host: 'ledger', exportTo: ['.'], trafficPolicy: { loadBalancer: { simple: 'PASSTHROUGH' } } }),
  policy('VirtualService', 'shop', { hosts: [reviews], http: [{ route: [{ destination: { host: 'reviews', subset: 'v1' } }] }] }),
  policy('VirtualService', 'shop', {
    hosts: ['reviews'],
    http: [{ match: [{ headers: { user: { exact: 'jason' } } }], route: [{ destination: { host: ledger } }] }],
  }),
  policy('VirtualService', 'bank', { hosts: ['ledger'], tcp: [{ route: [{ destination: { host: reviews } }] }] }),
  policy('ServiceEntry', 'shop', {
    hosts: ['api.example.com'],
    ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    resolution: 'DNS',
  }),
]
