import { snapshotOf } from '../from-yaml.js'
import type { Snapshot } from '#engine/snapshot/snapshot'

/** Kubernetes and Istio objects as tests write them: the parts that matter to a rule, around defaults that work. */
export type Raw = Record<string, unknown>

const labelled = (name: string, namespace: string, meta: Raw = {}): Raw => ({ name, namespace, ...meta })

export const namespace = (name: string, labels: Raw = { 'istio-injection': 'enabled' }, annotations: Raw = {}): Raw => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, annotations },
})

export const service = (name: string, spec: Raw = {}, meta: Raw = {}, status?: Raw): Raw => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: labelled(name, 'shop', meta),
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec },
  ...(status === undefined ? {} : { status }),
})

export const deployment = (name: string, spec: Raw = {}, labels: Raw = {}, annotations: Raw = {}): Raw => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    template: {
      metadata: { labels: { app: name, ...labels }, annotations },
      spec: { serviceAccountName: name, containers: [{ name: 'app', image: 'app' }], ...spec },
    },
  },
})

/** A running pod with a sidecar. */
export const pod = (name: string, ip: string, labels: Raw = {}, rest: { spec?: Raw; ready?: boolean; naked?: boolean } = {}): Raw => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { ...(rest.naked === true ? {} : { 'security.istio.io/tlsMode': 'istio' }), ...labels } },
  spec: {
    containers: [{ name: 'app', image: 'app' }, ...(rest.naked === true ? [] : [{ name: 'istio-proxy', image: 'proxy' }])],
    ...rest.spec,
  },
  status: {
    phase: 'Running',
    podIP: ip,
    podIPs: [{ ip }],
    conditions: [{ type: 'Ready', status: rest.ready === false ? 'False' : 'True' }],
  },
})

export interface Address {
  readonly ip: string
  readonly pod?: string
  readonly conditions?: Raw
  readonly nodeName?: string
}

export const slice = (
  of: string,
  endpoints: readonly Address[],
  rest: { port?: Raw; addressType?: string; labels?: Raw; name?: string } = {},
): Raw => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: rest.name ?? `${of}-1`, namespace: 'shop', labels: { 'kubernetes.io/service-name': of, ...rest.labels } },
  addressType: rest.addressType ?? 'IPv4',
  ports: [rest.port ?? { name: 'http', port: 8080 }],
  endpoints: endpoints.map(({ ip, pod: name, conditions, nodeName }) => ({
    addresses: [ip],
    ...(conditions === undefined ? {} : { conditions }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(name === undefined ? {} : { targetRef: { kind: 'Pod', name, namespace: 'shop' } }),
  })),
})

export const istio = (kind: string, name: string, spec: Raw, namespaceName = 'shop'): Raw => ({
  apiVersion: kind === 'PeerAuthentication' ? 'security.istio.io/v1' : 'networking.istio.io/v1',
  kind,
  metadata: { name, namespace: namespaceName },
  spec,
})

/** A cluster's entry with a control plane of its own and namespace `shop`. */
export const cluster = (name: string, resources: readonly Raw[], header: Raw = {}): Raw => ({
  name,
  mesh: 'mesh1',
  controlPlane: { role: 'PRIMARY' },
  remoteSecrets: [],
  ...header,
  resources: [namespace('shop'), ...resources],
})

export const topology = (clusters: readonly Raw[], rest: Raw = {}): Snapshot =>
  snapshotOf(
    Object.entries({ ...rest, clusters })
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join('\n'),
  )

const eastWestLabels = { istio: 'eastwestgateway' }

export interface EastWest {
  readonly network: string
  readonly service?: Raw
  readonly meta?: Raw
  readonly status?: Raw | null
  readonly env?: readonly Raw[]
  readonly hosts?: readonly string[]
  readonly gateway?: Raw | null
  readonly pods?: boolean
}

/** An east-west gateway as Istio's samples install it: labelled Service, proxy with a network view, AUTO_PASSTHROUGH server. */
export function eastWest({ network, hosts = ['*.local'], ...rest }: EastWest): Raw[] {
  const env = rest.env ?? [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network }]
  const servers = [{ port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts }]
  const proxy = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'eastwest', namespace: 'istio-system' },
    spec: {
      template: { metadata: { labels: eastWestLabels }, spec: { containers: [{ name: 'istio-proxy', image: 'auto', env }] } },
    },
  }
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'eastwest', namespace: 'istio-system', labels: { 'topology.istio.io/network': network }, ...rest.meta },
      spec: {
        type: 'LoadBalancer',
        selector: eastWestLabels,
        ports: [{ name: 'tls', port: 15443, targetPort: 15443 }],
        ...rest.service,
      },
      ...(rest.status === null ? {} : { status: rest.status ?? { loadBalancer: { ingress: [{ ip: '34.0.0.2' }] } } }),
    },
    ...(rest.pods === false ? [] : [proxy]),
    ...(rest.gateway === null
      ? []
      : [istio('Gateway', 'cross-network', rest.gateway ?? { selector: eastWestLabels, servers }, 'istio-system')]),
  ]
}
