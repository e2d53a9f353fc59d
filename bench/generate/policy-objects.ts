import type { KubernetesObject } from './kubernetes-object.js'
import type { Plan, PlannedApplication, PlannedCluster } from './plan.js'

const networking = 'networking.istio.io/v1'
const security = 'security.istio.io/v1'

const hostOf = ({ name, namespace }: PlannedApplication): string => `${name}.${namespace}.svc.cluster.local`

const destinationRule = (application: PlannedApplication): KubernetesObject => ({
  apiVersion: networking,
  kind: 'DestinationRule',
  metadata: { creationTimestamp: '2026-02-12T09:00:00Z', name: application.name, namespace: application.namespace },
  spec: {
    host: hostOf(application),
    subsets: ['v1', 'v2'].map((version) => ({ labels: { version }, name: version })),
    trafficPolicy: {
      connectionPool: { http: { http2MaxRequests: 1000 }, tcp: { maxConnections: 100 } },
      outlierDetection: { baseEjectionTime: '30s', consecutive5xxErrors: 5, interval: '10s' },
    },
  },
})

const virtualService = (application: PlannedApplication): KubernetesObject => {
  const host = hostOf(application)
  const to = (subset: string, weight?: number) => ({ destination: { host, subset }, ...(weight === undefined ? {} : { weight }) })
  return {
    apiVersion: networking,
    kind: 'VirtualService',
    metadata: { creationTimestamp: '2026-02-12T09:00:00Z', name: application.name, namespace: application.namespace },
    spec: {
      hosts: [host],
      http: [
        { match: [{ headers: { 'x-canary': { exact: 'true' } } }], route: [to('v2')] },
        { match: [{ uri: { prefix: '/admin' } }], route: [to('v1')], timeout: '2s' },
        { retries: { attempts: 3, perTryTimeout: '1s' }, route: [to('v1', 90), to('v2', 10)] },
      ],
    },
  }
}

/** Every sixth namespace takes in only its own services and those of three others. */
const sidecars = ({ namespaces }: Plan): readonly KubernetesObject[] =>
  namespaces
    .filter(({ position }) => position % 6 === 1)
    .map(({ name, position }) => {
      const others = [1, 2, 3].map((step) => `${namespaces[(position + step * 5) % namespaces.length]?.name}/*`)
      return {
        apiVersion: networking,
        kind: 'Sidecar',
        metadata: { name: 'default', namespace: name },
        spec: { egress: [{ hosts: ['./*', 'istio-system/*', ...others] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
      }
    })

const peerAuthentications = ({ namespaces }: Plan): readonly KubernetesObject[] => [
  {
    apiVersion: security,
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: 'istio-system' },
    spec: { mtls: { mode: 'PERMISSIVE' } },
  },
  ...namespaces
    .filter(({ position, injected }) => injected && position % 10 === 2)
    .map(({ name }) => ({
      apiVersion: security,
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace: name },
      spec: { mtls: { mode: 'STRICT' } },
    })),
]

/** Every fourth namespace lets in itself and six others, or reads from everywhere. */
const authorizationPolicies = ({ namespaces }: Plan): readonly KubernetesObject[] =>
  namespaces
    .filter(({ position }) => position % 4 === 0)
    .map(({ name, position }) => {
      const friends = [0, 1, 2, 3, 4, 5, 6].map((step) => namespaces[(position + step * 3) % namespaces.length]?.name ?? name)
      return {
        apiVersion: security,
        kind: 'AuthorizationPolicy',
        metadata: { name: 'callers', namespace: name },
        spec: {
          action: 'ALLOW',
          rules: [
            { from: [{ source: { namespaces: [...new Set(friends)] } }] },
            { to: [{ operation: { methods: ['GET', 'HEAD'], paths: ['/healthz', '/public/*'] } }] },
          ],
        },
      }
    })

const serviceEntries = ({ namespaces }: Plan): readonly KubernetesObject[] =>
  namespaces
    .filter(({ position }) => position % 8 === 3)
    .map(({ name }) => ({
      apiVersion: networking,
      kind: 'ServiceEntry',
      metadata: { name: 'partner', namespace: name },
      spec: {
        hosts: [`${name}.partner.example`],
        location: 'MESH_EXTERNAL',
        ports: [{ name: 'tls', number: 443, protocol: 'TLS' }],
        resolution: 'DNS',
      },
    }))

/** The Istio objects of a cluster, which its own control plane reads. */
export const policyObjects = (plan: Plan, { applications }: PlannedCluster): readonly KubernetesObject[] => {
  const versioned = applications.filter((application) => application.versioned)
  const routed = new Set(plan.namespaces.flatMap(({ name, byGatewayApi }) => (byGatewayApi ? [name] : [])))
  return [
    ...versioned.map(destinationRule),
    ...versioned.filter(({ position, namespace }) => position % 26 === 0 && !routed.has(namespace)).map(virtualService),
    ...sidecars(plan),
    ...peerAuthentications(plan),
    ...authorizationPolicies(plan),
    ...serviceEntries(plan),
  ]
}
