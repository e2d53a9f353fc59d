import type { SourceInput } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { answerTo } from '../asking.js'
import { deployment, type Manifest, namespace, service, world } from '../calling.js'

const object =
  (kind: string, group = 'gateway.networking.k8s.io/v1') =>
  (name: string, spec: Manifest, metadata: Manifest = {}): Manifest => {
    const [home = '', own = ''] = name.split('/')
    return { apiVersion: group, kind, metadata: { namespace: home, name: own, ...metadata }, spec }
  }

const apiGateway = object('Gateway')
export const httpRoute = object('HTTPRoute')
export const tcpRoute = object('TCPRoute', 'gateway.networking.k8s.io/v1alpha2')
export const tlsRoute = object('TLSRoute')
export const listenerSet = object('ListenerSet')
export const backendTls = object('BackendTLSPolicy')
const grant = object('ReferenceGrant', 'gateway.networking.k8s.io/v1beta1')

export const gatewayClass = (name: string, controllerName: string): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name },
  spec: { controllerName },
})

export const all = { allowedRoutes: { namespaces: { from: 'All' } } }

/** Gateway `infra/edge` of Istio's class. */
export const edge = (listeners: readonly Manifest[], more: Manifest = {}, metadata: Manifest = {}): Manifest =>
  apiGateway('infra/edge', { gatewayClassName: 'istio', listeners, ...more }, metadata)

export const http = (name: string, port: number, more: Manifest = all): Manifest => ({ name, port, protocol: 'HTTP', ...more })

/** Lets routes of the kind and namespace send to the namespace's objects. */
export const grantTo = (home: string, kind: string, from: string, to: Manifest = { group: '', kind: 'Service' }): Manifest =>
  grant(`${home}/grant`, { from: [{ group: 'gateway.networking.k8s.io', kind, namespace: from }], to: [to] })

export const toEdge = { name: 'edge', namespace: 'infra' }
export const toService = (name: string, home: string, more: Manifest = {}): Manifest => ({
  group: '',
  kind: 'Service',
  name,
  namespace: home,
  ...more,
})
export const send = (name: string, more: Manifest = {}): Manifest => ({ name, port: 80, ...more })
export const prefix = (value: string): Manifest => ({ path: { type: 'PathPrefix', value } })

/** A Service with the pods behind it. */
export const app = (name: string, spec: Manifest = {}): readonly Manifest[] => [service(name, spec), deployment(name)]

export const homes = ['istio-system', 'infra', 'app', 'data', 'web', 'ops'].map((name) =>
  namespace(name, name === 'istio-system' || name === 'infra' ? {} : { 'istio-injection': 'enabled' }),
)

interface Asked {
  readonly port?: number
  readonly path?: string
  readonly method?: string
  readonly protocol?: 'HTTP' | 'TLS' | 'TCP'
  readonly version?: string
  readonly meshConfig?: Manifest
  readonly header?: Manifest
}

export const worldOf = (objects: readonly Manifest[], { version = '1.32.0', meshConfig, header }: Asked = {}): Snapshot =>
  world({
    clusters: { west: [...homes, ...objects] },
    version,
    ...(meshConfig === undefined ? {} : { meshConfig }),
    ...(header === undefined ? {} : { cluster: header }),
  })

const ask =
  (from: SourceInput) =>
  (objects: readonly Manifest[], host: string, asked: Asked = {}) => {
    const { port = 80, path, method, protocol } = asked
    const to = { host, port, ...(path && { path }), ...(method && { method }), ...(protocol && { protocol }) }
    return answerTo(worldOf(objects, asked), { from, to })
  }

export const fromOutside = ask({ outside: true })
export const fromClient = (namespace: string) => ask({ cluster: 'west', namespace, workload: 'client' })

export const said = ({ verdict, reason }: Reachability): string => `${verdict} ${reason}`

/** What its steps say. */
export const told = ({ steps }: Reachability): string => steps.map(({ message }) => message).join('\n')

/** The name of the Service that the call is sent to, or why it is not. */
export function led({ verdict, reason, steps, endpoints }: Reachability): string {
  if (verdict !== 'REACHABLE') return reason
  const found = steps.findLast(({ stage }) => stage === 'DISCOVERY')?.because.map(({ name }) => name)
  return found?.[0] ?? endpoints[0]?.workload?.split('/').at(-1) ?? reason
}
