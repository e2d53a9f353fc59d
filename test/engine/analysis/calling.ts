import { type Client, openRequest, type ResolvedCall } from '#engine/analysis/call/call'
import type { Outcome } from '#engine/analysis/call/outcome'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../from-yaml.js'

/** A Kubernetes or Istio object as a test writes it. */
export type Manifest = Readonly<Record<string, unknown>>

const object =
  (apiVersion: string, kind: string) =>
  (name: string, spec: Manifest = {}, metadata: Manifest = {}): Manifest => {
    const [namespace = '', own = ''] = name.split('/')
    return { apiVersion, kind, metadata: { namespace, name: own, ...metadata }, spec }
  }

export const sidecar = object('networking.istio.io/v1', 'Sidecar')
export const virtualService = object('networking.istio.io/v1', 'VirtualService')
export const destinationRule = object('networking.istio.io/v1', 'DestinationRule')
export const serviceEntry = object('networking.istio.io/v1', 'ServiceEntry')
export const gateway = object('networking.istio.io/v1', 'Gateway')

export const namespace = (name: string, labels: Manifest = { 'istio-injection': 'enabled' }): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
})

/** A Service selecting `app: <name>`; its ports are HTTP unless said otherwise. */
export const service = (name: string, spec: Manifest = {}, annotations: Manifest = {}): Manifest => {
  const app = name.split('/')[1]
  const ports = [{ name: 'http', port: 80 }]
  return object('v1', 'Service')(name, { clusterIP: '10.0.0.9', selector: { app }, ports, ...spec }, { annotations })
}

/** A Deployment whose pods carry `app: <name>`. */
export const deployment = (name: string, labels: Manifest = {}, annotations: Manifest = {}): Manifest => {
  const app = name.split('/')[1]
  const metadata = { labels: { app, ...labels }, annotations }
  const template = { metadata, spec: { serviceAccountName: app, containers: [{ name: 'app', image: 'app' }] } }
  return object('apps/v1', 'Deployment')(name, { selector: { matchLabels: { app } }, template })
}

/** Pods of an ingress gateway, `istio-system/edge`, that Gateways with the selector `istio: edge` are for. */
export const edgeGateway: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'istio-system', name: 'edge' },
  spec: {
    selector: { matchLabels: { istio: 'edge' } },
    template: {
      metadata: { labels: { istio: 'edge' }, annotations: { 'inject.istio.io/templates': 'gateway' } },
      spec: { serviceAccountName: 'edge', containers: [{ name: 'istio-proxy', image: 'istio/proxyv2:1.31.0', args: ['proxy', 'router'] }] },
    },
  },
}

export const exportedTo = (list: string): Manifest => ({ 'networking.istio.io/exportTo': list })

interface World {
  readonly clusters: Readonly<Record<string, readonly Manifest[]>>
  readonly meshConfig?: Manifest
  readonly cluster?: Manifest
  readonly every?: (name: string) => Manifest
  readonly version?: string
  readonly tenants?: readonly Manifest[]
}

/** One mesh of primaries that read each other; `meshConfig` and `version` are those of `west`, `cluster` adds to its entry, `every` to each. */
export function world({ clusters, meshConfig, cluster, every, version = '1.31.0', tenants = [] }: World): Snapshot {
  const names = Object.keys(clusters)
  const entries = names.map((name) => ({
    name,
    mesh: 'mesh1',
    controlPlane: { role: 'PRIMARY' },
    remoteSecrets: names.filter((other) => other !== name),
    ...every?.(name),
    ...(name === 'west' ? cluster : {}),
    resources: clusters[name],
  }))
  const west = { name: 'west', cluster: 'west', version, ...(meshConfig === undefined ? {} : { meshConfig }) }
  const parts = { meshes: [{ name: 'mesh1' }], controlPlanes: [west], clusters: entries, tenants }
  return snapshotOf(
    Object.entries(parts)
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join('\n'),
  )
}

/** Two injected namespaces with a `client` in each, and whatever else a test adds. */
export const west = (...objects: readonly Manifest[]): readonly Manifest[] => [
  namespace('shop'),
  namespace('other'),
  deployment('shop/client'),
  deployment('other/client'),
  ...objects,
]

/** The first instance of `cluster/namespace/owner` as caller. */
export function clientOf(snapshot: Snapshot, place = 'west/shop/client'): Client {
  const [name = '', home = '', owner = ''] = place.split('/')
  const cluster = snapshot.clusters.get(name)
  const workload = cluster?.workloads(home).find((one) => one.owner.name === owner)
  if (cluster === undefined || workload === undefined) throw new Error(`no workload ${place}`)
  const view = workload.controlPlane === undefined ? undefined : snapshot.view(workload.controlPlane)
  return { snapshot, workload, cluster, view }
}

export const calling = (client: Client, host: string, attributes: Partial<ResolvedCall['attributes']> = {}): ResolvedCall => ({
  client,
  host,
  attributes: { ...openRequest(), ...attributes },
  at: 0,
})

/** The value of a stage that let the call go on. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.passed) throw new Error(`${outcome.step.reason}: ${String(outcome.step.message)}`)
  return outcome.value
}

/** `Kind namespace/name path` of the objects a step blames. */
export const blamed = (outcome: Outcome<unknown>): readonly string[] =>
  outcome.step.because.map(({ kind, namespace: home, name, path }) => [kind, `${home ?? ''}/${name}`, path ?? ''].join(' ').trim())
