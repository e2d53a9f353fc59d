import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../from-yaml.js'

/** An object as a test writes it. */
export type Manifest = Readonly<Record<string, unknown>>

const groups: Readonly<Record<string, string>> = {
  PeerAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
}

/** An object of Istio; `place` is `namespace/name`. */
export const istio = (kind: string, place: string, spec: Manifest, metadata: Manifest = {}): Manifest => {
  const [namespace, name] = place.split('/')
  return { apiVersion: groups[kind] ?? 'networking.istio.io/v1', kind, metadata: { namespace, name, ...metadata }, spec }
}

export const namespace = (name: string, labels: Manifest = { 'istio-injection': 'enabled' }, annotations: Manifest = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, annotations },
})

/** `namespace/name`, selecting `app: <name>`; the port is HTTP 80 to 8080 unless said otherwise. */
export const service = (place: string, spec: Manifest = {}, metadata: Manifest = {}, status?: Manifest): Manifest => {
  const [home, name] = place.split('/')
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: home, name, ...metadata },
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec },
    ...(status === undefined ? {} : { status }),
  }
}

/** A Deployment whose pods carry `app: <name>`, service account `<name>`. */
export const deployment = (place: string, labels: Manifest = {}, annotations: Manifest = {}, spec: Manifest = {}): Manifest => {
  const [home, name] = place.split('/')
  const metadata = { labels: { app: name, ...labels }, annotations }
  const template = { metadata, spec: { serviceAccountName: name, containers: [{ name: 'app', image: 'app' }], ...spec } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: home, name }, spec: { template } }
}

export const naked = { 'sidecar.istio.io/inject': 'false' }

/** A gateway proxy of namespace `istio-system`: its Deployment and its Service. */
export const gatewayProxy = (
  name: string,
  ports: readonly Manifest[],
  service_: Manifest = {},
  labels: Manifest = {},
): readonly Manifest[] => [
  deployment(`istio-system/${name}`, { istio: name, ...labels }, {}, { containers: [{ name: 'istio-proxy', image: 'auto' }] }),
  service(`istio-system/${name}`, { selector: { istio: name }, ports, ...service_ }, { labels }),
]

/** A network's gateway as Istio's samples install it, met at `ip`. */
export const eastWest = (
  network: string,
  ip: string,
  extra: { readonly hosts?: readonly string[]; readonly status?: Manifest } = {},
): readonly Manifest[] => {
  const labels = { 'topology.istio.io/network': network }
  const [proxy, entrance] = gatewayProxy('eastwestgateway', [{ name: 'tls', port: 15443 }], { type: 'LoadBalancer' }, labels)
  const server = {
    port: { number: 15443, name: 'tls', protocol: 'TLS' },
    tls: { mode: 'AUTO_PASSTHROUGH' },
    hosts: extra.hosts ?? ['*.local'],
  }
  return [
    ...(proxy === undefined ? [] : [proxy]),
    { ...entrance, status: extra.status ?? { loadBalancer: { ingress: [{ ip }] } } },
    istio('Gateway', 'istio-system/cross-network', { selector: { istio: 'eastwestgateway' }, servers: [server] }),
  ]
}

/** A cluster's entry; a primary in `mesh1` with namespaces `shop` and `bank` unless said otherwise. */
export const cluster = (name: string, resources: readonly Manifest[], header: Manifest = {}): Manifest => ({
  name,
  mesh: 'mesh1',
  controlPlane: { role: 'PRIMARY' },
  remoteSecrets: [],
  ...header,
  resources: [
    ...(resources.some(isNamespace('shop')) ? [] : [namespace('shop')]),
    ...(resources.some(isNamespace('bank')) ? [] : [namespace('bank')]),
    ...resources,
  ],
})

const isNamespace =
  (name: string) =>
  ({ kind, metadata }: Manifest): boolean =>
    kind === 'Namespace' && (metadata as Manifest)['name'] === name

export const topology = (clusters: readonly Manifest[], rest: Manifest = {}): Snapshot =>
  snapshotOf(
    Object.entries({ ...rest, clusters })
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join('\n'),
  )

export const at = Date.parse('2026-06-01T00:00:00Z')

/** The answer for `cluster/namespace/workload` calling `host[:port]`. */
export const ask = (snapshot: Snapshot, from: string, to: string, more: Partial<ReachabilityQuestion['to']> = {}): Reachability => {
  const [place, space, workload] = from.split('/')
  const [host = '', port] = to.split(':')
  const question: ReachabilityQuestion = {
    from: { cluster: place ?? '', namespace: space ?? '', workload: workload ?? '' },
    to: { host, ...(port === undefined ? {} : { port: Number(port) }), ...more },
  }
  const trace = traceCall(snapshot, question, at)
  if ('problem' in trace) throw new Error(`${trace.problem.code}: ${trace.problem.message}`)
  return answerFrom(trace, question)
}

/** Verdict and reason, with the stage that decided. */
export const told = ({ verdict, reason, steps, endpoints }: Reachability): string => {
  const all = [...steps, ...endpoints.flatMap((path) => path.steps)]
  const stage = all.find((step) => step.reason === reason)?.stage
  return [verdict, reason, ...(stage === undefined ? [] : [`at ${stage}`])].join(' ')
}

/** `Kind cluster/namespace/name` of what the deciding step blames. */
export const blamed = ({ reason, steps, endpoints }: Reachability): readonly string[] =>
  ([...steps, ...endpoints.flatMap((path) => path.steps)].find((step) => step.reason === reason)?.because ?? []).map(
    ({ kind, cluster: place, namespace: home, name }) => `${kind} ${[place, home, name].filter((part) => part !== null).join('/')}`,
  )

export const assumed = ({ assumptions }: Reachability): readonly string[] => assumptions.map(({ code }) => code)
