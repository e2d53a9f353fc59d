import { issueAuthority } from '../certificates.js'
import { policyPool } from './policies.js'
import type { KubernetesObject, Topology } from './topologies.js'

export const networks = ['network1', 'network2'] as const

/** What one cluster of a random topology is made of. */
export interface ClusterPlan {
  readonly name: string
  readonly others: readonly string[]
  readonly index: number
  readonly primary: boolean
  readonly remote: boolean
  readonly network: string | undefined
  /** Deployments instead of pods. */
  readonly declared: boolean
  readonly gateway: boolean
  /** Has it a remote secret for every other cluster? */
  readonly reads: boolean
  readonly services: readonly ('reviews' | 'ledger' | 'audit')[]
  readonly workloads: readonly ('reviews' | 'ledger' | 'naked' | 'strays')[]
  readonly port: { readonly name: string; readonly port: number }
  readonly exportTo: string | undefined
  /** DNS capture in its proxies. */
  readonly capture: boolean
  readonly headless: boolean
  readonly oneRoot: boolean
  /** Positions in the pool of policies; equal ones in all clusters mean equal objects. */
  readonly policies: readonly number[]
}

const object = (apiVersion: string, kind: string, metadata: KubernetesObject, rest: KubernetesObject = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata,
  ...rest,
})

interface Running {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly proxied: boolean
  readonly position: number
}

/** A pod with its address, or the Deployment that would make one. */
const workload = ({ declared, index, network }: ClusterPlan, { namespace, name, labels, proxied, position }: Running): KubernetesObject => {
  const injected =
    proxied && !declared ? { 'security.istio.io/tlsMode': 'istio', ...(network && { 'topology.istio.io/network': network }) } : {}
  const all = { ...labels, ...injected, ...(proxied ? {} : { 'sidecar.istio.io/inject': 'false' }) }
  const app = { name: 'app', ports: [{ containerPort: 9080 }] }
  const proxy = { name: 'istio-proxy', env: network === undefined ? [] : [{ name: 'ISTIO_META_NETWORK', value: network }] }
  const spec = { serviceAccountName: name, containers: proxied && !declared ? [app, proxy] : [app] }
  if (!declared)
    return object('v1', 'Pod', { name, namespace, labels: all }, { spec, status: { phase: 'Running', podIP: `10.${index}.1.${position}` } })
  const template = { metadata: { labels: all }, spec }
  return object('apps/v1', 'Deployment', { name, namespace }, { spec: { selector: { matchLabels: labels }, template } })
}

const running: Readonly<Record<ClusterPlan['workloads'][number], Omit<Running, 'position'>>> = {
  reviews: { namespace: 'shop', name: 'reviews', labels: { app: 'reviews', version: 'v1' }, proxied: true },
  strays: { namespace: 'shop', name: 'strays', labels: { app: 'reviews', version: 'v2' }, proxied: true },
  naked: { namespace: 'shop', name: 'naked', labels: { app: 'reviews', version: 'v3' }, proxied: false },
  ledger: { namespace: 'bank', name: 'ledger', labels: { app: 'ledger' }, proxied: true },
}

const service = ({ index, port, exportTo, headless }: ClusterPlan, name: string, position: number): KubernetesObject => {
  const namespace = name === 'ledger' ? 'bank' : 'shop'
  const annotations = exportTo === undefined || name === 'audit' ? {} : { 'networking.istio.io/exportTo': exportTo }
  const clusterIP = headless && name === 'ledger' ? 'None' : `10.${index}.200.${position}`
  const ports = [{ ...port, targetPort: 9080 }]
  return object('v1', 'Service', { name, namespace, annotations }, { spec: { clusterIP, selector: { app: name }, ports } })
}

const gatewayLabels = { istio: 'crossgateway' }

const gatewayObjects = (plan: ClusterPlan): readonly KubernetesObject[] => {
  const { network, index } = plan
  if (!plan.gateway || network === undefined) return []
  const place = { name: 'istio-crossgateway', namespace: 'istio-system' }
  const labels = { ...gatewayLabels, 'topology.istio.io/network': network }
  const pod = workload(plan, { ...place, labels, proxied: true, position: 9 })
  return [
    pod,
    object(
      'v1',
      'Service',
      { ...place, labels },
      {
        spec: { type: 'LoadBalancer', selector: gatewayLabels, ports: [{ name: 'tls', port: 15443 }] },
        status: { loadBalancer: { ingress: [{ ip: `203.0.113.${index}` }] } },
      },
    ),
    object(
      'networking.istio.io/v1',
      'Gateway',
      { name: 'cross-network', namespace: 'istio-system' },
      {
        spec: {
          selector: gatewayLabels,
          servers: [{ port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.local'] }],
        },
      },
    ),
  ]
}

const namespaceObjects = ({ network }: ClusterPlan): readonly KubernetesObject[] => [
  object('v1', 'Namespace', { name: 'istio-system', labels: network === undefined ? {} : { 'topology.istio.io/network': network } }),
  object('v1', 'Namespace', { name: 'shop', labels: { 'istio-injection': 'enabled' } }),
  object('v1', 'Namespace', { name: 'bank', labels: { 'istio-injection': 'enabled' } }),
]

const policiesOf = ({ policies }: ClusterPlan): readonly KubernetesObject[] => {
  const chosen = policies.flatMap((number) => policyPool[number % policyPool.length] ?? [])
  return [...new Map(chosen.map((one) => [`${one.kind} ${one.metadata.namespace}`, { ...one }])).values()]
}

const roots = await Promise.all(['Common', 'West', 'East', 'North'].map((name) => issueAuthority(name)))

const rootOf = ({ index, oneRoot }: ClusterPlan): string => roots[oneRoot ? 0 : index + 1]?.pem ?? ''

/** A cluster of the document. Roles and what is observed are stated: objects that come and go shall not change them. */
export const clusterOf = (plan: ClusterPlan): Topology['clusters'][number] => {
  const { name, network, others, primary, reads } = plan
  const clients = ['shop', 'bank'].map((namespace, position) =>
    workload(plan, { namespace, name: 'client', labels: { app: 'client' }, proxied: true, position: 20 + position }),
  )
  return {
    name,
    ...(network === undefined ? {} : { network }),
    mesh: 'mesh1',
    observed: !plan.declared,
    dns: { capture: plan.capture },
    podCidrs: [`10.${plan.index}.1.0/24`],
    controlPlane: primary ? { role: 'PRIMARY' } : { role: 'REMOTE', managedBy: 'west' },
    remoteSecrets: primary && (reads || plan.index === 0) ? others : [],
    rootCertificates: [rootOf(plan)],
    resources: [
      ...namespaceObjects(plan),
      ...clients,
      ...gatewayObjects(plan),
      ...plan.workloads.map((one, position) => workload(plan, { ...running[one], position: position + 1 })),
      ...plan.services.map((one, position) => service(plan, one, position + 1)),
      ...policiesOf(plan),
    ],
  }
}
