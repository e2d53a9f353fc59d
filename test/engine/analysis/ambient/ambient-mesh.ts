import type { Reachability } from '#engine/model/reachability'
import type { Step } from '#engine/model/step'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { answerTo } from '../asking.js'
import { snapshotOf } from '../../from-yaml.js'

export interface Mesh {
  /** More of the namespaces' labels than their mode, by name. */
  readonly labels?: Readonly<Record<string, string>>
  readonly flags?: string
  readonly version?: string
  readonly trustDomain?: string
  readonly meshConfig?: string
  /** `dns` of the cluster's header. */
  readonly dns?: string
  /** Objects as lines of YAML, each behind a dash. */
  readonly objects?: string
}

const namespaceOf = (name: string, mode: string, labels = ''): string =>
  `      - { apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: { ${[mode, labels].filter((one) => one !== '').join(', ')} } } }`

export interface Pod {
  readonly ip: string
  readonly node?: string
  readonly labels?: string
  readonly annotations?: string
  readonly hostNetwork?: boolean
  readonly ready?: boolean
  readonly account?: string
  /** Of its own; absent: the app's. */
  readonly own?: string
}

/** A pod that runs; `name` as `namespace/app`. */
export const pod = (name: string, { ip, node, labels = '', annotations = '', hostNetwork, ready = true, account, own }: Pod): string => {
  const [namespace = '', app = ''] = name.split('/')
  const metadata = `{ name: ${own ?? app}, namespace: ${namespace}, labels: { app: ${app}, ${labels} }, annotations: { ${annotations} } }`
  const more = `${node === undefined ? '' : `nodeName: ${node}, `}${hostNetwork === true ? 'hostNetwork: true, ' : ''}`
  const status = `{ phase: Running, podIP: ${ip}, conditions: [{ type: Ready, status: "${ready ? 'True' : 'False'}" }] }`
  return `      - { apiVersion: v1, kind: Pod, metadata: ${metadata}, spec: { ${more}serviceAccountName: ${account ?? app}, containers: [{ name: app, ports: [{ containerPort: 8080, name: web }] }] }, status: ${status} }`
}

/** A Service at port 80 for the pods of its name, which listen at 8080. */
export const service = (name: string, { ip = '', labels = '', spec = '', annotations = '' } = {}): string => {
  const [namespace = '', app = ''] = name.split('/')
  const at = ip === '' ? '' : `clusterIP: ${ip}, `
  return `      - { apiVersion: v1, kind: Service, metadata: { name: ${app}, namespace: ${namespace}, labels: { ${labels} }, annotations: { ${annotations} } }, spec: { ${at}${spec}selector: { app: ${app} }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }`
}

export const object = (kind: string, name: string, spec: string, metadata = ''): string => {
  const [namespace = '', own = ''] = name.split('/')
  const group = /Authentication|Policy/u.test(kind)
    ? 'security.istio.io/v1'
    : kind === 'Gateway'
      ? 'gateway.networking.k8s.io/v1'
      : 'networking.istio.io/v1'
  return `      - { apiVersion: ${group}, kind: ${kind}, metadata: { name: ${own}, namespace: ${namespace}, ${metadata} }, spec: ${spec} }`
}

export const strict = (namespace: string): string => object('PeerAuthentication', `${namespace}/strict`, '{ mtls: { mode: STRICT } }')

/**
 * Namespaces `calm` and `deep` in ambient mode, `shop` with sidecars, `bare` without a mesh, each with a `client`; `pond.calm` (10.0.0.10) has one
 * pod, `lake.deep` (10.0.0.11) two, `cart.shop` (10.0.0.12) one and `rock.bare` (10.0.0.13) one.
 */
export const ambientMesh = ({
  labels = {},
  flags = 'PILOT_ENABLE_AMBIENT: "true"',
  version = '1.31.2',
  trustDomain,
  meshConfig = '',
  dns = '',
  objects = '',
}: Mesh = {}): Snapshot =>
  snapshotOf(`
controlPlanes: [{ name: west, cluster: west, version: ${version}, flags: { ${flags} }, meshConfig: { ${[trustDomain === undefined ? '' : `trustDomain: ${trustDomain}`, meshConfig].filter((one) => one !== '').join(', ')} } }]
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    remoteSecrets: []
    dns: { ${dns} }
    resources:
${namespaceOf('istio-system', '', labels['istio-system'])}
${namespaceOf('calm', 'istio.io/dataplane-mode: ambient', labels['calm'])}
${namespaceOf('deep', 'istio.io/dataplane-mode: ambient', labels['deep'])}
${namespaceOf('shop', 'istio-injection: enabled', labels['shop'])}
${namespaceOf('bare', '', labels['bare'])}
${service('calm/pond', { ip: '10.0.0.10', labels: labels['pond'] ?? '' })}
${service('deep/lake', { ip: '10.0.0.11', labels: labels['lake'] ?? '' })}
${service('shop/cart', { ip: '10.0.0.12' })}
${service('bare/rock', { ip: '10.0.0.13' })}
${pod('calm/client', { ip: '10.1.0.1', node: 'n1' })}
${pod('calm/pond', { ip: '10.1.0.2', node: 'n1' })}
${pod('deep/lake', { ip: '10.1.0.3', node: 'n1' })}
${pod('deep/lake', { ip: '10.1.0.4', node: 'n2', own: 'lake-2' })}
${pod('bare/client', { ip: '10.1.0.5', node: 'n1' })}
${pod('bare/rock', { ip: '10.1.0.6', node: 'n1' })}
${sidecar('shop/client', '10.1.0.7')}
${labels['cart'] === undefined ? sidecar('shop/cart', '10.1.0.8') : sidecar('shop/cart', '10.1.0.8', labels['cart'])}
${objects}
`)

/** A pod with a sidecar. */
export const sidecar = (name: string, ip: string, labels = ''): string => {
  const [namespace = '', app = ''] = name.split('/')
  const all = `app: ${app}, security.istio.io/tlsMode: istio${labels === '' ? '' : `, ${labels}`}`
  return `      - { apiVersion: v1, kind: Pod, metadata: { name: ${app}, namespace: ${namespace}, labels: { ${all} } }, spec: { serviceAccountName: ${app}, containers: [{ name: app, ports: [{ containerPort: 8080 }] }, { name: istio-proxy }] }, status: { phase: Running, podIP: ${ip} } }`
}

/** `from` as `namespace/workload`, `to` as `host:port`. */
export function ask(
  snapshot: Snapshot,
  from: string,
  to: string,
  more: { readonly method?: string; readonly path?: string } = {},
): Reachability {
  const [namespace = '', workload = ''] = from.split('/')
  const colon = to.lastIndexOf(':')
  const question = {
    from: { cluster: 'west', namespace, workload },
    to: { host: to.slice(0, colon), port: Number(to.slice(colon + 1)), ...more },
  }
  return answerTo(snapshot, question, Date.parse('2026-01-01T00:00:00Z'))
}

/** Verdict and reason. */
export const verdictOf = (answer: Reachability): string => `${answer.verdict} ${answer.reason}`

export const stepAt = ({ steps }: Reachability, stage: Step['stage']): Step => {
  const step = steps.find((one) => one.stage === stage)
  if (step === undefined) throw new Error(`no step at ${stage}`)
  return step
}
