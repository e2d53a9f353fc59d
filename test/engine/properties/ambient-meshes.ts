import * as fc from 'fast-check'
import type { ReachabilityQuestion } from '#engine/model/question'
import { type KubernetesObject, namespaces, type Topology } from './topologies.js'

export type Mode = 'SIDECAR' | 'AMBIENT' | 'NONE'

/** One cluster with a client and a server in each of two namespaces; small enough to be thought through by hand. */
export interface AmbientMesh {
  readonly modes: Readonly<Record<(typeof namespaces)[number], Mode>>
  /** Pods with sidecars bear the label by which others know that they take tunnels (AMB-31). */
  readonly tunnels: boolean
  readonly port: 'http' | 'tcp'
  /** Whatever else there is. */
  readonly objects: readonly KubernetesObject[]
}

const labelsOf: Readonly<Record<Mode, Readonly<Record<string, string>>>> = {
  SIDECAR: { 'istio-injection': 'enabled' },
  AMBIENT: { 'istio.io/dataplane-mode': 'ambient' },
  NONE: {},
}

const namespaceOf = (name: string, labels: Readonly<Record<string, string>> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
})

const deployment = (namespace: string, name: string, labels: Readonly<Record<string, string>>): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, ...labels } },
      spec: { serviceAccountName: name, containers: [{ name: 'app', image: 'example/app', ports: [{ containerPort: 9080 }] }] },
    },
  },
})

const serviceOf = (namespace: string, port: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'server', namespace },
  spec: { selector: { app: 'server' }, ports: [{ name: port, port: 80, targetPort: 9080 }] },
})

export function topologyOf({ modes, tunnels, port, objects }: AmbientMesh): Topology {
  const homes = namespaces.flatMap((name) => {
    const labels: Readonly<Record<string, string>> = modes[name] === 'SIDECAR' && tunnels ? { 'networking.istio.io/tunnel': 'http' } : {}
    return [
      namespaceOf(name, labelsOf[modes[name]]),
      deployment(name, 'client', labels),
      deployment(name, 'server', labels),
      serviceOf(name, port),
    ]
  })
  const resources = [namespaceOf('istio-system'), ...homes, ...objects]
  return {
    networks: [],
    controlPlanes: [{ name: 'west', cluster: 'west', version: '1.31.2', flags: { PILOT_ENABLE_AMBIENT: 'true' } }],
    clusters: [{ name: 'west', mesh: 'mesh1', controlPlane: { role: 'PRIMARY' }, remoteSecrets: [], resources }],
  }
}

/** From each client to each server; `request`: what the clients send, where it matters. */
export const callsOf = (request: { readonly method?: string; readonly path?: string } = {}): readonly ReachabilityQuestion[] =>
  namespaces.flatMap((from) =>
    namespaces.map((to) => ({
      from: { cluster: 'west', namespace: from, workload: 'client' },
      to: { host: `server.${to}`, port: 80, ...request },
    })),
  )

const homeOf = fc.constantFrom(...namespaces)

/** A policy about connections alone, which sidecars and ztunnels read alike. */
const connectionPolicy: fc.Arbitrary<KubernetesObject> = fc
  .record({
    home: fc.constantFrom(...namespaces, 'istio-system'),
    action: fc.constantFrom('ALLOW', 'DENY'),
    selector: fc.constantFrom(undefined, { matchLabels: { app: 'server' } }, { matchLabels: { app: 'nobody' } }),
    source: fc.oneof(
      homeOf.map((home) => ({ principals: [`cluster.local/ns/${home}/sa/client`] })),
      homeOf.map((home) => ({ notPrincipals: [`cluster.local/ns/${home}/sa/client`] })),
      homeOf.map((home) => ({ namespaces: [home] })),
      fc.constant({ principals: ['*'] }),
    ),
    ports: fc.constantFrom(undefined, ['9080'], ['80']),
  })
  .map(({ home, action, selector, source, ports }) => ({
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'p', namespace: home },
    spec: {
      action,
      ...(selector === undefined ? {} : { selector }),
      rules: [{ from: [{ source }], ...(ports === undefined ? {} : { to: [{ operation: { ports } }] }) }],
    },
  }))

const authentication: fc.Arbitrary<KubernetesObject> = fc
  .record({ home: fc.constantFrom(...namespaces, 'istio-system'), mode: fc.constantFrom('STRICT', 'PERMISSIVE') })
  .map(({ home, mode }) => ({
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'p', namespace: home },
    spec: { mtls: { mode } },
  }))

/** Between pods by their labels and namespaces, at every port: what runs on the wire has another one in a mesh (NP-16). */
const networkPolicy: fc.Arbitrary<KubernetesObject> = fc
  .record({
    home: homeOf,
    app: fc.constantFrom('client', 'server'),
    types: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    peers: fc.constantFrom(
      [],
      [{ podSelector: {} }],
      [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'client' } } }],
      [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bank' } } }],
    ),
  })
  .map(({ home, app, types, peers }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: home },
    spec: {
      podSelector: { matchLabels: { app } },
      policyTypes: types,
      ingress: peers.length === 0 ? [] : [{ from: peers }],
      egress: [...(peers.length === 0 ? [] : [{ to: peers }]), { ports: [{ protocol: 'UDP', port: 53 }] }],
    },
  }))

const named = (objects: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  objects.map((one, index) => ({ ...one, metadata: { ...(one['metadata'] as object), name: `p${index}` } }))

const several = (one: fc.Arbitrary<KubernetesObject>) => fc.array(one, { maxLength: 3 }).map(named)

const mode = fc.constantFrom<Mode>('SIDECAR', 'AMBIENT', 'NONE')
const shape = {
  modes: fc.record({ shop: mode, bank: mode }),
  tunnels: fc.boolean(),
  port: fc.constantFrom<AmbientMesh['port']>('http', 'tcp'),
}

export const withConnectionPolicies: fc.Arbitrary<AmbientMesh> = fc.record({
  ...shape,
  objects: several(fc.oneof({ weight: 3, arbitrary: connectionPolicy }, { weight: 1, arbitrary: authentication })),
})

export const withNetworkPolicies: fc.Arbitrary<AmbientMesh> = fc.record({ ...shape, objects: several(networkPolicy) })
