import type { SourceInput } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../../from-yaml.js'
import { answerTo } from '../asking.js'
import { object, pod, service } from './ambient-mesh.js'

/** One of the two clusters. */
export interface Side {
  readonly network?: string
  /** Objects as lines of YAML, each behind a dash. */
  readonly objects?: readonly string[]
  /** Label by which its `pond` is one across networks; '' for none, undefined: there is no `pond`. */
  readonly pond?: string | undefined
  /** Of its system namespace; absent: its network. */
  readonly label?: string
  readonly flags?: string
  readonly version?: string
  readonly trustDomain?: string
  /** What is in force of `serviceScopeConfigs`; absent: Services labelled as `global` are. */
  readonly scopes?: string
  /** Lines in place of its gateway between networks. */
  readonly gateway?: readonly string[]
  /** Pods of `pond`; absent: one in east, none in west. */
  readonly pods?: readonly string[]
}

export const global = 'istio.io/global: "true"'
const byLabel = '[{ servicesSelector: { matchExpressions: [{ key: istio.io/global, operator: In, values: ["true"] }] }, scope: GLOBAL }]'
export const crossing = 'PILOT_ENABLE_AMBIENT: "true", AMBIENT_ENABLE_MULTI_NETWORK: "true"'

/** A gateway between networks with its pod, at an address of its status. */
export const eastWest = (network: string, address: string, { name = 'eastwest', account = '', labels = '' } = {}): readonly string[] => [
  `      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: ${name}, namespace: istio-system, labels: { topology.istio.io/network: ${network} } }, spec: { gatewayClassName: istio-east-west, listeners: [{ name: mesh, port: 15008, protocol: HBONE, tls: { mode: Terminate, options: { gateway.istio.io/tls-terminate-mode: ISTIO_MUTUAL } } }] }, status: { addresses: [{ type: IPAddress, value: ${address} }] } }`,
  pod(`istio-system/${name}`, {
    ip: network === 'n1' ? '10.1.0.70' : '10.3.0.70',
    account: account === '' ? name : account,
    labels: `gateway.networking.k8s.io/gateway-name: ${name}, gateway.istio.io/managed: istio.io-eastwest-controller, ${labels}`,
  }),
]

const namespaceOf = (name: string, labels: string): string =>
  `      - { apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: { ${labels} } } }`

const defaults = {
  west: { network: 'n1', address: '34.0.0.1', ip: '10.0.0.10', pods: [] },
  east: { network: 'n2', address: '34.0.0.2', ip: '10.2.0.10', pods: [pod('calm/pond', { ip: '10.3.0.2' })] },
} as const

function clusterOf(name: 'west' | 'east', side: Side): string {
  const usual = defaults[name]
  const { network = usual.network, pond = global, objects = [] } = side
  const lines = [
    namespaceOf('istio-system', (side.label ?? network) === '' ? '' : `topology.istio.io/network: ${side.label ?? network}`),
    namespaceOf('calm', 'istio.io/dataplane-mode: ambient'),
    ...('pond' in side && side.pond === undefined ? [] : [service('calm/pond', { ip: usual.ip, labels: pond })]),
    ...(side.pods ?? usual.pods),
    ...(side.gateway ?? eastWest(network, usual.address)),
    ...objects,
  ]
  return `  - name: ${name}
    mesh: m
    controlPlane: { role: PRIMARY }
    remoteSecrets: [${name === 'west' ? 'east' : 'west'}]
    resources:
${lines.join('\n')}`
}

const planeOf = (name: string, { flags = crossing, version = '1.31.2', trustDomain, scopes = byLabel }: Side): string =>
  `{ name: ${name}, cluster: ${name}, version: ${version}, flags: { ${flags} }, meshConfig: { ${trustDomain === undefined ? '' : `trustDomain: ${trustDomain}, `}serviceScopeConfigs: ${scopes} } }`

/**
 * Two primaries that read each other, `west` on network n1 with `calm/client`, `east` on n2 with a pod of `calm/pond`; both have the Service and a gateway
 * between the networks.
 */
export const twoNetworks = (west: Side = {}, east: Side = {}): Snapshot =>
  snapshotOf(`
meshes: [{ name: m, commonRoot: true }]
controlPlanes: [${planeOf('west', west)}, ${planeOf('east', east)}]
clusters:
${clusterOf('west', { ...west, objects: [pod('calm/client', { ip: '10.1.0.1' }), ...(west.objects ?? [])] })}
${clusterOf('east', east)}
`)

const client = { cluster: 'west', namespace: 'calm', workload: 'client' }

export const call = (
  snapshot: Snapshot,
  from: SourceInput = client,
  to: { readonly host: string; readonly port: number; readonly path?: string } = { host: 'pond.calm.svc.cluster.local', port: 80 },
): Reachability => answerTo(snapshot, { from, to })

/** A ready waypoint `way` of namespace `calm`, with its pod and its Service. */
export const waypoint = (ip: string, address: string, network: string, labels = ''): readonly string[] => [
  `      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: way, namespace: calm }, spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }, status: { addresses: [{ type: Hostname, value: way.calm.svc.cluster.local }] } }`,
  `      - { apiVersion: v1, kind: Service, metadata: { name: way, namespace: calm, labels: { gateway.istio.io/managed: istio.io-mesh-controller, ${labels} } }, spec: { clusterIP: ${address}, selector: { gateway.networking.k8s.io/gateway-name: way }, ports: [{ name: mesh, port: 15008 }] } }`,
  pod('calm/way', {
    ip,
    labels: `gateway.networking.k8s.io/gateway-name: way, gateway.istio.io/managed: istio.io-mesh-controller, topology.istio.io/network: ${network}`,
  }),
]

export const policy = (place: string, spec: string): string => object('AuthorizationPolicy', place, spec)
