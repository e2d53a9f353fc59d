import { addAll } from '../../add-all.js'
import type { Assumption } from '../../model/step.js'
import type { ClusterRole } from '../../model/topology/cluster-header.js'
import type { ClusterPart } from '../clusters/cluster-part.js'
import type { ControlPlanePart } from './control-plane-part.js'
import type { Fact } from '../fact.js'
import { headerRef } from '../references.js'
import { remoteSecretsOf } from './remote-secrets.js'
import type { Inconsistency } from '../snapshot.js'

/** Which control planes serve each cluster's proxies, whose API server holds their objects, and whom they may read. */
export interface Management {
  /** By cluster: names of control planes, the default first. */
  readonly managedBy: ReadonlyMap<string, readonly string[]>
  /** By control plane. */
  readonly configClusters: ReadonlyMap<string, string>
  readonly remoteSecrets: ReadonlyMap<string, Fact<readonly string[]>>
  readonly assumptions: readonly Assumption[]
  readonly inconsistencies: readonly Inconsistency[]
}

interface Input {
  readonly clusters: ReadonlyMap<string, ClusterPart>
  readonly planes: readonly ControlPlanePart[]
  readonly roles: ReadonlyMap<string, Fact<ClusterRole>>
}

const refTo = (part: ClusterPart, path: string) => headerRef('Cluster', part.header.name, `${part.path}.${path}`)
const defaultFirst = (planes: readonly ControlPlanePart[]): readonly string[] =>
  [...planes].sort((a, b) => Number(a.revision !== '') - Number(b.revision !== '')).map((plane) => plane.name)

/** Names in `managedBy` are of control planes or of the clusters they run in. */
const planesNamed = (names: readonly string[], planes: readonly ControlPlanePart[]): readonly string[] => [
  ...new Set(
    names.flatMap((name) => {
      const byName = planes.find((plane) => plane.name === name)
      const byCluster = defaultFirst(planes.filter((plane) => plane.cluster === name && plane !== byName))
      return [...(byName === undefined ? [] : [byName.name]), ...byCluster]
    }),
  ),
]

/** Clusters named by the annotation of a remote cluster's system namespace (MODEL-24); `*` names nobody in particular. */
const annotatedClusters = (part: ClusterPart): readonly string[] =>
  [...part.resources.namespaces.values()].flatMap(({ meta }) =>
    (meta.annotations['topology.istio.io/controlPlaneClusters'] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && name !== '*'),
  )

/** A remote cluster that does not name its manager: by annotation, by who may read it, or by being the only one. */
const guessedManagers = (part: ClusterPart, { clusters, planes }: Input): readonly string[] => {
  const named = annotatedClusters(part)
  const serving = planes.filter(({ configCluster }) => configCluster !== undefined && named.includes(configCluster))
  const annotated = [...new Set([...defaultFirst(serving), ...planesNamed(named, planes)])]
  if (annotated.length > 0) return annotated
  const configured = planes.filter((plane) => plane.configCluster === part.header.name)
  if (configured.length > 0) return defaultFirst(configured)
  const readers = planes.filter((plane) => {
    const cluster = clusters.get(plane.cluster ?? '')
    return remoteSecretsOf(plane, cluster, cluster).value?.includes(part.header.name) === true
  })
  const candidates = readers.length > 0 ? readers : planes.filter((plane) => sameMesh(part, clusters.get(plane.cluster ?? '')))
  const hosts = new Set(candidates.map((plane) => plane.cluster))
  return hosts.size === 1 ? defaultFirst(candidates) : []
}

const sameMesh = (part: ClusterPart, other: ClusterPart | undefined): boolean => part.header.mesh === other?.header.mesh

const statedManagers = (part: ClusterPart): readonly string[] | undefined => {
  const managedBy = part.header.controlPlane?.managedBy
  if (managedBy === undefined) return undefined
  return typeof managedBy === 'string' ? [managedBy] : managedBy
}

const servesItself = ({ cluster, configCluster }: ControlPlanePart): boolean => configCluster === undefined || configCluster === cluster

const managersOf = (part: ClusterPart, role: ClusterRole | undefined, input: Input): readonly string[] => {
  const names = statedManagers(part)
  const own = defaultFirst(input.planes.filter((plane) => plane.cluster === part.header.name && servesItself(plane)))
  if (role === 'PRIMARY') return [...new Set([...planesNamed(names ?? [], input.planes), ...own])]
  if (role === 'REMOTE') return names === undefined ? guessedManagers(part, input) : planesNamed(names, input.planes)
  return []
}

const missingManagers = (
  part: ClusterPart,
  role: ClusterRole | undefined,
  managers: readonly string[],
  planes: readonly ControlPlanePart[],
): readonly Inconsistency[] => {
  const unknownNames = (statedManagers(part) ?? []).filter((name) => planesNamed([name], planes).length === 0)
  const problems: Inconsistency[] = unknownNames.map((name) => ({
    code: 'CONTROL_PLANE_UNKNOWN',
    message: `cluster \`${part.header.name}\` is managed by \`${name}\`, which is neither a control plane nor a cluster that runs one`,
    because: [refTo(part, 'controlPlane.managedBy')],
  }))
  if (role === 'REMOTE' && managers.length === 0 && unknownNames.length === 0) {
    problems.push({
      code: 'CONTROL_PLANE_UNKNOWN',
      message: `nothing says which control plane manages the remote cluster \`${part.header.name}\``,
      because: [refTo(part, 'controlPlane')],
    })
  }
  return problems
}

const isApart = (plane: ControlPlanePart, { roles }: Input): boolean =>
  plane.cluster === undefined || roles.get(plane.cluster)?.value === 'EXTERNAL'

/**
 * Config cluster: stated; the own cluster; for an istiod that runs elsewhere, a cluster it manages without needing a remote
 * secret for it, for a control plane's secrets leave out its config cluster (MODEL-20).
 */
const configClusterOf = (plane: ControlPlanePart, input: Input, managedBy: Management['managedBy']): readonly string[] => {
  if (plane.configCluster !== undefined) return [plane.configCluster]
  if (!isApart(plane, input)) return plane.cluster === undefined ? [] : [plane.cluster]
  const managed = [...managedBy].filter(([, managers]) => managers.includes(plane.name)).map(([name]) => name)
  const secrets = plane.header?.remoteSecrets ?? input.clusters.get(plane.cluster ?? '')?.header.remoteSecrets ?? []
  const unread = managed.filter((name) => !secrets.includes(name))
  return unread.length > 0 ? unread : managed
}

const assumedConfig = (plane: ControlPlanePart, config: string): Assumption => ({
  code: 'CONFIG_CLUSTER_ASSUMED',
  message: `nothing says whose API server holds the objects of control plane \`${plane.name}\`: cluster \`${config}\` is assumed`,
  because: [plane.ref],
})

/** Can the control plane authenticate proxies of the cluster at all (MODEL-23)? Undefined: its secrets are unknown. */
const mayServe = (cluster: string, configCluster: string | undefined, secrets: Fact<readonly string[]>): boolean | undefined =>
  configCluster === cluster ? true : secrets.value?.includes(cluster)

/** Who manages whom. Rules MODEL-20 … MODEL-25, TOPO-2. */
export const managementOf = (input: Input): Management => {
  const { clusters, planes, roles } = input
  const claimed = new Map([...clusters].map(([name, part]) => [name, managersOf(part, roles.get(name)?.value, input)]))
  const assumptions: Assumption[] = []
  const configClusters = new Map<string, string>()
  const remoteSecrets = new Map<string, Fact<readonly string[]>>()
  for (const plane of planes) {
    const candidates = configClusterOf(plane, input, claimed)
    const [config] = candidates
    if (config !== undefined) configClusters.set(plane.name, config)
    if (config !== undefined && candidates.length > 1) assumptions.push(assumedConfig(plane, config))
    remoteSecrets.set(plane.name, remoteSecretsOf(plane, clusters.get(plane.cluster ?? ''), clusters.get(config ?? '')))
  }
  const inconsistencies: Inconsistency[] = []
  const managedBy = new Map<string, readonly string[]>()
  for (const [name, part] of clusters) {
    const managers = claimed.get(name) ?? []
    addAll(inconsistencies, missingManagers(part, roles.get(name)?.value, managers, planes))
    const serving = managers.filter((manager) => {
      const secrets = remoteSecrets.get(manager)
      const may = secrets === undefined ? undefined : mayServe(name, configClusters.get(manager), secrets)
      if (may === false) inconsistencies.push(unread(part, manager, secrets))
      if (may === undefined) assumptions.push(assumedSecret(part, manager))
      return may !== false
    })
    managedBy.set(name, serving)
  }
  return { managedBy, configClusters, remoteSecrets, assumptions, inconsistencies }
}

const unread = (part: ClusterPart, manager: string, secrets: Fact<readonly string[]> | undefined): Inconsistency => ({
  code: 'CONTROL_PLANE_UNKNOWN',
  message: `cluster \`${part.header.name}\` is managed by \`${manager}\`, whose remote secrets do not list it: its proxies get neither certificates nor configuration`,
  because: [refTo(part, 'controlPlane'), ...(secrets?.because ?? [])],
})

const assumedSecret = (part: ClusterPart, manager: string): Assumption => ({
  code: 'REMOTE_SECRET_ASSUMED',
  message: `control plane \`${manager}\` is taken to have a remote secret for cluster \`${part.header.name}\`, whose proxies it manages`,
  because: [refTo(part, 'controlPlane')],
})
