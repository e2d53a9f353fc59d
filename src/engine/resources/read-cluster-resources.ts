import type { ByNamespace, ClusterResources } from './cluster-resources.js'
import type { EndpointSlice } from './kubernetes/endpoint-slice.js'
import type { Meta } from './meta.js'
import { hasNoEffect } from './kinds-without-effect.js'
import { readAuthorizationPolicy } from './istio/read-authorization-policy.js'
import { readConfigMap, readKubernetesGateway, readNetworkPolicy, readNode } from './read-cluster-objects.js'
import { readDestinationRule } from './istio/read-destination-rule.js'
import { readEndpointSlice, readLegacyEndpoints } from './kubernetes/read-endpoint-slice.js'
import { readGateway } from './istio/read-gateway.js'
import {
  findInjectorValues,
  readHelmValues,
  readIstioOperator,
  readSailInstallation,
  readServiceMeshControlPlane,
} from './installation/read-installation.js'
import { readMeta } from './read-meta.js'
import { readPeerAuthentication } from './istio/read-peer-authentication.js'
import { readPodController } from './kubernetes/read-pod-controller.js'
import { readPod } from './kubernetes/read-pod.js'
import { readProxyConfig, readScopedPolicy } from './istio/read-scoped-policy.js'
import { readSecret } from './kubernetes/read-secret.js'
import { readServiceEntry, readWorkloadEntry, readWorkloadGroup } from './istio/read-service-entry.js'
import { readServiceRoute } from './istio/read-service-route.js'
import { readService } from './kubernetes/read-service.js'
import { readSidecar } from './istio/read-sidecar.js'
import { readVirtualService } from './istio/read-virtual-service.js'
import { isRaw, noteUnreadable, type Raw, type Reading } from './reading.js'

type Mutable<T> = T extends readonly (infer I)[]
  ? I[]
  : T extends ReadonlyMap<string, infer V>
    ? Map<string, V extends readonly (infer I)[] ? I[] : V>
    : T
type Collected = {
  -readonly [K in keyof Omit<ClusterResources, 'digest' | 'size' | 'counts' | 'unknownKinds' | 'unreadable'>]: Mutable<ClusterResources[K]>
}
type Read<T> = (reading: Reading, raw: Raw, meta: Meta) => T
type Take = (into: Collected, reading: Reading, raw: Raw, meta: Meta) => void
type NamespacedKey = { [K in keyof Collected]: Collected[K] extends Map<string, { readonly meta: Meta }[]> ? K : never }[keyof Collected]
type Item<K extends NamespacedKey> = Collected[K] extends Map<string, (infer T)[]> ? T : never

const append = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Takes a namespaced kind into the map named `key`. */
const namespaced = <K extends NamespacedKey>(key: K, read: Read<Item<K>>): Take => {
  return (into, reading, raw, meta) => append(into[key] as unknown as Map<string, Item<K>[]>, meta.namespace, read(reading, raw, meta))
}

const controller = namespaced('podControllers', readPodController)
const serviceRoute = namespaced('serviceRoutes', readServiceRoute)
const installation =
  (read: Read<Collected['installations'][number]>): Take =>
  (into, reading, raw, meta) =>
    void into.installations.push(read(reading, raw, meta))

const configMap: Take = (into, reading, raw, meta) => {
  const read = readConfigMap(reading, raw, meta)
  append(into.configMaps, meta.namespace, read)
  const installation = findInjectorValues(reading, read)
  if (installation !== undefined) into.installations.push(installation)
}

const webhook: Take = (into, _, __, meta) => {
  const tag = meta.labels['istio.io/tag']
  if (tag !== undefined) into.revisionTags.push({ meta, tag, revision: meta.labels['istio.io/rev'] ?? '' })
}

const revisionTag: Take = (into, _, raw, meta) => {
  const spec = isRaw(raw['spec']) ? raw['spec'] : {}
  const target = isRaw(spec['targetRef']) ? spec['targetRef']['name'] : undefined
  if (typeof target === 'string') into.revisionTags.push({ meta, tag: meta.name, revision: target })
}

const slice: Take = (into, reading, raw, meta) => {
  const read = readEndpointSlice(reading, raw, meta)
  append(into.endpointSlices, `${meta.namespace}/${read.service}`, read)
}

/** Of the many releases a cluster may hold, those of istiod tell of the mesh. */
const helmRelease: Take = (into, reading, raw, meta) => {
  const installation = readHelmValues(reading, raw, meta)
  if (/istiod|istio-discovery/.test(meta.name)) into.installations.push(installation)
}

/** Kinds of which only the reach is kept, so that answers can say where they would matter; they are reported like those that nothing reads. */
const notAnalysed: ReadonlySet<string> = new Set(
  ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].map((kind) => `gateway.networking.k8s.io/${kind}`),
)

/** By API group and kind: a `Gateway` of Istio and one of Kubernetes are different kinds, all versions of a kind are one. */
const kinds: ReadonlyMap<string, Take> = new Map<string, Take>([
  ['/Namespace', (into, _, __, meta) => void into.namespaces.set(meta.name, { meta })],
  ['/Node', (into, reading, raw, meta) => void into.nodes.set(meta.name, readNode(reading, raw, meta))],
  ['/Service', namespaced('services', readService)],
  ['/Pod', namespaced('pods', readPod)],
  ['/ConfigMap', configMap],
  ['/Secret', namespaced('secrets', readSecret)],
  ['/ReplicationController', controller],
  ['apps/Deployment', controller],
  ['apps/StatefulSet', controller],
  ['apps/DaemonSet', controller],
  ['apps/ReplicaSet', controller],
  ['extensions/Deployment', controller],
  ['batch/Job', controller],
  ['batch/CronJob', controller],
  ['argoproj.io/Rollout', controller],
  ['apps.openshift.io/DeploymentConfig', controller],
  ['discovery.k8s.io/EndpointSlice', slice],
  ['networking.istio.io/ServiceEntry', namespaced('serviceEntries', readServiceEntry)],
  ['networking.istio.io/WorkloadEntry', namespaced('workloadEntries', readWorkloadEntry)],
  ['networking.istio.io/WorkloadGroup', namespaced('workloadGroups', readWorkloadGroup)],
  ['networking.istio.io/VirtualService', namespaced('virtualServices', readVirtualService)],
  ['networking.istio.io/DestinationRule', namespaced('destinationRules', readDestinationRule)],
  ['networking.istio.io/Sidecar', namespaced('sidecars', readSidecar)],
  ['networking.istio.io/Gateway', namespaced('gateways', readGateway)],
  ['networking.istio.io/EnvoyFilter', namespaced('envoyFilters', readScopedPolicy)],
  ['networking.istio.io/ProxyConfig', namespaced('proxyConfigs', readProxyConfig)],
  ['security.istio.io/PeerAuthentication', namespaced('peerAuthentications', readPeerAuthentication)],
  ['security.istio.io/AuthorizationPolicy', namespaced('authorizationPolicies', readAuthorizationPolicy)],
  ['security.istio.io/RequestAuthentication', namespaced('requestAuthentications', readScopedPolicy)],
  ['gateway.networking.k8s.io/Gateway', namespaced('kubernetesGateways', readKubernetesGateway)],
  ...[...notAnalysed].map((key): [string, Take] => [key, serviceRoute]),
  ['networking.k8s.io/NetworkPolicy', namespaced('networkPolicies', readNetworkPolicy)],
  ['install.istio.io/IstioOperator', installation(readIstioOperator)],
  ['sailoperator.io/Istio', installation(readSailInstallation)],
  ['sailoperator.io/IstioRevision', installation(readSailInstallation)],
  ['sailoperator.io/IstioRevisionTag', revisionTag],
  ['operator.istio.io/Istio', installation(readSailInstallation)],
  ['maistra.io/ServiceMeshControlPlane', installation(readServiceMeshControlPlane)],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', webhook],
  ['helm.toolkit.fluxcd.io/HelmRelease', helmRelease],
  ['helm.istio.io/Values', installation(readHelmValues)],
])

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '')

const emptyCollected = (): Collected => ({
  namespaces: new Map(),
  nodes: new Map(),
  services: new Map(),
  pods: new Map(),
  podControllers: new Map(),
  endpointSlices: new Map(),
  configMaps: new Map(),
  secrets: new Map(),
  serviceEntries: new Map(),
  workloadEntries: new Map(),
  workloadGroups: new Map(),
  virtualServices: new Map(),
  destinationRules: new Map(),
  sidecars: new Map(),
  gateways: new Map(),
  peerAuthentications: new Map(),
  authorizationPolicies: new Map(),
  requestAuthentications: new Map(),
  envoyFilters: new Map(),
  proxyConfigs: new Map(),
  kubernetesGateways: new Map(),
  serviceRoutes: new Map(),
  networkPolicies: new Map(),
  installations: [],
  revisionTags: [],
})

const parseObjects = (body: Uint8Array, reading: Reading): readonly unknown[] => {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    if (Array.isArray(value)) return value
    noteUnreadable(reading, '', 'is not a list of objects')
  } catch {
    noteUnreadable(reading, '', 'is not JSON')
  }
  return []
}

/** Slices win over the legacy `Endpoints` object, which Kubernetes mirrors from or into them. */
const addLegacy = (collected: Collected, legacy: readonly EndpointSlice[]): void => {
  const keys = new Set(collected.endpointSlices.keys())
  for (const read of legacy) {
    const key = `${read.meta.namespace}/${read.service}`
    if (!keys.has(key)) append(collected.endpointSlices, key, read)
  }
}

/** Gateways of an installation, where their manifests are not given; a running cluster shows its own. */
const addInstalledGateways = (collected: Collected): void => {
  if (collected.pods.size > 0 || collected.endpointSlices.size > 0) return
  for (const { service, controller } of collected.installations.flatMap((installation) => installation.gateways)) {
    const { namespace, name } = service.meta
    const isNamed = (item: { readonly meta: Meta }): boolean => item.meta.name === name
    if (collected.services.get(namespace)?.some(isNamed) !== true) append(collected.services, namespace, service)
    if (collected.podControllers.get(namespace)?.some(isNamed) !== true) append(collected.podControllers, namespace, controller)
  }
}

interface Pass {
  readonly collected: Collected
  readonly counts: Map<string, number>
  readonly unknownKinds: Set<string>
  readonly legacy: EndpointSlice[]
}

const takeObject = (pass: Pass, reading: Reading, raw: Raw, index: number): void => {
  const apiVersion = typeof raw['apiVersion'] === 'string' ? raw['apiVersion'] : ''
  const meta = readMeta(reading, raw, index)
  pass.counts.set(meta.kind, (pass.counts.get(meta.kind) ?? 0) + 1)
  const group = groupOf(apiVersion)
  const key = `${group}/${meta.kind}`
  if (key === '/Endpoints') pass.legacy.push(...readLegacyEndpoints(reading, raw, meta))
  else {
    const take = kinds.get(key)
    take?.(pass.collected, reading, raw, meta)
    const isRead = take !== undefined && !notAnalysed.has(key)
    if (!isRead && !hasNoEffect(group, meta.kind)) pass.unknownKinds.add(`${apiVersion}/${meta.kind}`)
  }
}

/**
 * One cluster's canonical part (a JSON array of objects) as typed, indexed resources.
 *
 * One pass; raw objects are dropped as it goes. Nothing throws: parts of a wrong shape are listed in `unreadable`.
 */
export const readClusterResources = (digest: string, body: Uint8Array): ClusterResources => {
  const reading: Reading = { kind: '', namespace: '', name: '', index: -1, unreadable: [], labels: new Map() }
  const pass: Pass = { collected: emptyCollected(), counts: new Map(), unknownKinds: new Set(), legacy: [] }
  for (const [index, raw] of parseObjects(body, reading).entries()) {
    if (isRaw(raw)) takeObject(pass, reading, raw, index)
    else noteUnreadable({ ...reading, index }, '', 'is not an object')
  }
  addLegacy(pass.collected, pass.legacy)
  addInstalledGateways(pass.collected)
  return {
    digest,
    size: body.byteLength,
    counts: Object.fromEntries(pass.counts),
    unknownKinds: [...pass.unknownKinds].sort(),
    unreadable: reading.unreadable,
    ...pass.collected,
  }
}

/** Objects of one kind in a namespace; the shared empty list when there are none. */
export const inNamespace = <T>(map: ByNamespace<T>, namespace: string): readonly T[] => map.get(namespace) ?? []
