import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Assumption } from '../../model/step.js'
import type { ClusterRole } from '../../model/topology/cluster-header.js'
import type { ControlPlaneHeader } from '../../model/topology/control-plane-header.js'
import type { Labels } from '../../resources/meta.js'
import type { MeshInstallation } from '../../resources/installation/mesh-installation.js'
import type { ByNamespace, ClusterResources } from '../../resources/cluster-resources.js'
import type { ClusterPart } from './cluster-part.js'
import type { Fact } from '../fact.js'
import { type Istiod, servedElsewhere } from '../control-planes/find-istiods.js'
import { assumed, derived, stated } from '../known.js'
import { headerRef } from '../references.js'
import { remoteClustersOf } from '../control-planes/remote-secrets.js'

/** The role of every cluster (TOPO-2), and what was taken for granted. */
export interface ClusterRoles {
  readonly roles: ReadonlyMap<string, Fact<ClusterRole>>
  readonly assumptions: readonly Assumption[]
}

const holds = (...maps: readonly ByNamespace<unknown>[]): boolean => maps.some((map) => map.size > 0)

const hasInjectionLabel = (resources: ClusterResources): boolean =>
  [...resources.namespaces.values()].some(
    ({ meta }) =>
      meta.labels['istio-injection'] === 'enabled' ||
      meta.labels['istio.io/rev'] !== undefined ||
      meta.labels['istio.io/dataplane-mode'] === 'ambient',
  )

const hasProxies = (resources: ClusterResources): boolean =>
  [...resources.pods.values()].some((pods) => pods.some((pod) => pod.containerNames.includes('istio-proxy')))

/** Classes of Gateways that istiod itself deploys and configures. */
const gatewayClasses = new Set(['istio', 'istio-remote', 'istio-waypoint', 'istio-east-west'])

/** A Gateway of a class of its own, or a class of any name that istiod’s controllers answer to (GWAPI-7, GWAPI-8). */
const hasGatewayOfIstio = (resources: ClusterResources): boolean =>
  [...resources.gatewayClasses.values()].some(({ controller }) => controller.startsWith('istio.io/')) ||
  [...resources.kubernetesGateways.values()].some((gateways) => gateways.some(({ className }) => gatewayClasses.has(className)))

/** A template or pod that asks for a sidecar. */
const asksForProxy = ({ podControllers, pods }: ClusterResources): boolean => {
  const asks = ({ labels, annotations }: { readonly labels: Labels; readonly annotations: Labels }): boolean =>
    (labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject']) === 'true'
  return (
    [...podControllers.values()].some((list) => list.some(({ template }) => asks(template))) ||
    [...pods.values()].some((list) => list.some(({ meta }) => asks(meta)))
  )
}

/** Kinds that only Istio has, and of which nothing else here needs to know where they stand. */
const kindsOfIstio = ['RequestAuthentication', 'ProxyConfig', 'Telemetry', 'WasmPlugin', 'WorkloadGroup']

const hasKindOfIstio = ({ counts }: ClusterResources): boolean => kindsOfIstio.some((kind) => (counts[kind] ?? 0) > 0)

/** Does anything in the cluster speak of Istio? */
export const speaksOfIstio = (resources: ClusterResources): boolean =>
  resources.installations.length > 0 ||
  holds(resources.virtualServices, resources.destinationRules, resources.sidecars, resources.gateways, resources.serviceEntries) ||
  holds(resources.workloadEntries, resources.peerAuthentications, resources.authorizationPolicies, resources.envoyFilters) ||
  hasKindOfIstio(resources) ||
  hasInjectionLabel(resources) ||
  hasGatewayOfIstio(resources) ||
  asksForProxy(resources) ||
  hasProxies(resources)

// What profiles of an installation bring: neither of these runs an istiod.
const remoteProfiles = new Set(['remote', 'external'])
const emptyProfiles = new Set(['empty'])

const isRemoteInstallation = ({ profile = '', remotePilotAddress = '' }: MeshInstallation): boolean =>
  remoteProfiles.has(profile) || remotePilotAddress !== ''

/** Does it bring an istiod? The injector's own values stand in remote clusters as well, and so tell nothing. */
const bringsIstiod = (installation: MeshInstallation): boolean =>
  installation.meta.kind !== 'ConfigMap' && !isRemoteInstallation(installation) && !emptyProfiles.has(installation.profile ?? '')

/** The remote profile's Service of istiod has no selector: it leads to another cluster (MODEL-25). */
const hasRemoteIstiodService = (part: ClusterPart): boolean =>
  [...part.resources.services.values()].some((services) =>
    services.some((service) => /^istiod(-|$)/.test(service.meta.name) && service.selector === undefined),
  )

const installedRole = (part: ClusterPart): Fact<ClusterRole> | undefined => {
  const { installations } = part.resources
  const remote = installations.find(isRemoteInstallation)
  if (remote !== undefined) return derived('REMOTE', [part.ref(remote.meta, remote.path)])
  const primary = installations.find(bringsIstiod)
  if (primary !== undefined) return derived('PRIMARY', [part.ref(primary.meta, primary.path)])
  return hasRemoteIstiodService(part) ? derived('REMOTE', []) : undefined
}

const managersKey = 'topology.istio.io/controlPlaneClusters'

type Parts = ReadonlyMap<string, ClusterPart>

/** By the istiods that run in the cluster: EXTERNAL where each of them serves another one. */
const hostingRole = ({ header, istiods }: ClusterPart, clusters: Parts): Fact<ClusterRole> | undefined => {
  const [first] = istiods
  if (first === undefined) return undefined
  const serving = istiods.find((istiod) => servedElsewhere(istiod, header.name, clusters) === undefined)
  return serving === undefined ? derived('EXTERNAL', [first.ref]) : derived('PRIMARY', [serving.ref])
}

/** The istiod of another cluster that serves from this one's API server. */
const serverOf = (name: string, clusters: Parts): Istiod | undefined =>
  flatMap([...clusters.values()], ({ header, istiods }) =>
    istiods.filter((istiod) => servedElsewhere(istiod, header.name, clusters) === name),
  )[0]

/** The system namespace of a remote cluster names the cluster of the istiod that manages it (MODEL-24). */
const annotatedNamespace = ({ header, resources, ref }: ClusterPart, clusters: Parts): ResourceRef | undefined => {
  for (const { meta } of resources.namespaces.values()) {
    const names = (meta.annotations[managersKey] ?? '').split(',').map((name) => name.trim())
    if (names.some((name) => name !== header.name && clusters.has(name))) return ref(meta, `metadata.annotations['${managersKey}']`)
  }
  return undefined
}

const derivedRole = (part: ClusterPart, clusters: Parts, headers: readonly ControlPlaneHeader[]): Fact<ClusterRole> | undefined => {
  pause()
  const name = part.header.name
  const hosting = hostingRole(part, clusters)
  if (hosting !== undefined) return hosting
  const server = serverOf(name, clusters)
  if (server !== undefined) return derived('REMOTE', [server.ref])
  const annotated = annotatedNamespace(part, clusters)
  if (annotated !== undefined) return derived('REMOTE', [annotated])
  const hosted = headers.findIndex((header) => header.cluster === name)
  if (hosted >= 0) return derived('PRIMARY', [headerRef('ControlPlane', headers[hosted]?.name ?? '', `controlPlanes[${hosted}].cluster`)])
  const configured = headers.findIndex((header) => header.configCluster === name)
  if (configured >= 0)
    return derived('REMOTE', [headerRef('ControlPlane', headers[configured]?.name ?? '', `controlPlanes[${configured}].configCluster`)])
  return installedRole(part)
}

const note = (code: Assumption['code'], part: ClusterPart, message: string): Assumption => ({
  code,
  message,
  because: [headerRef('Cluster', part.header.name, part.path)],
})

/** Nothing in the cluster tells its role: is it read by a visible istiod elsewhere, does it speak of Istio, or is there no mesh? */
const assumedRole = (
  part: ClusterPart,
  clusters: ReadonlyMap<string, ClusterPart>,
): { readonly role: ClusterRole; readonly assumption: Assumption } => {
  const name = part.header.name
  const reader = [...clusters.values()].find(
    (other) => other.istiods.length > 0 && remoteClustersOf(other)?.clusters.includes(name) === true,
  )
  if (reader !== undefined) {
    const message = `cluster \`${name}\` shows no istiod and cluster \`${reader.header.name}\` may read it: its proxies are taken to be managed from there`
    return { role: 'REMOTE', assumption: note('CONTROL_PLANE_ASSUMED', part, message) }
  }
  if (part.header.mesh !== undefined || speaksOfIstio(part.resources)) {
    const message = `nothing says which control plane manages cluster \`${name}\`: it is taken to run its own`
    return { role: 'PRIMARY', assumption: note('CONTROL_PLANE_ASSUMED', part, message) }
  }
  const message = `nothing in cluster \`${name}\` speaks of Istio: it is taken to be outside every mesh`
  return { role: 'NONE', assumption: note('NO_MESH_ASSUMED', part, message) }
}

/** Roles as stated, else by what stands in the clusters, else assumed. Rule TOPO-2. */
export const rolesOf = (clusters: ReadonlyMap<string, ClusterPart>, headers: readonly ControlPlaneHeader[]): ClusterRoles => {
  const roles = new Map<string, Fact<ClusterRole>>()
  const assumptions: Assumption[] = []
  for (const [name, part] of clusters) {
    const role = part.header.controlPlane?.role
    const found =
      role === undefined
        ? derivedRole(part, clusters, headers)
        : stated(role, [headerRef('Cluster', name, `${part.path}.controlPlane.role`)])
    if (found !== undefined) roles.set(name, found)
    else {
      const guess = assumedRole(part, clusters)
      roles.set(name, assumed(guess.role))
      assumptions.push(guess.assumption)
    }
  }
  return { roles, assumptions }
}
