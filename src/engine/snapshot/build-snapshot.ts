import type { TopologyHeader } from '../model/topology-document.js'
import { buildCluster, isObserved } from './clusters/build-cluster.js'
import { buildControlPlane } from './control-planes/build-control-plane.js'
import { buildMeshes, buildNetworks } from './build-meshes.js'
import { buildView } from './build-view.js'
import { type ClusterPart, clusterPartsOf, type SnapshotPart } from './clusters/cluster-part.js'
import { rolesOf } from './clusters/cluster-roles.js'
import { withDeployedGateways } from './clusters/deployed-gateways.js'
import { controlPlanePartsOf } from './control-planes/control-plane-part.js'
import { federationAssumptions } from './services/federated-entries.js'
import { findInconsistencies } from './find-inconsistencies.js'
import { unknown } from './known.js'
import { managementOf } from './control-planes/management.js'
import { meshOfClusters } from './mesh-of-clusters.js'
import type { Cluster, ControlPlane, ControlPlaneView, Snapshot } from './snapshot.js'
import type { Assumption } from '../model/step.js'
import { generalAssumptions } from './general-assumptions.js'
import { trustDomainsOf } from './control-planes/trust-domains.js'

/** A version's content: the header, and each cluster's objects. */
export interface SnapshotInput {
  readonly contentHash: string
  readonly header: TopologyHeader
  readonly parts: readonly SnapshotPart[]
}

const hostingClusters = (parts: ReadonlyMap<string, ClusterPart>, roles: ReturnType<typeof rolesOf>['roles']): ReadonlySet<string> =>
  new Set([...parts.keys()].filter((name) => ['PRIMARY', 'EXTERNAL'].includes(roles.get(name)?.value ?? 'NONE')))

/** May pods of one network send packets to pods of the other? Unnamed networks are one flat one with everything. */
const routableBetween = (header: TopologyHeader): Snapshot['routable'] => {
  const routes = new Map((header.networks ?? []).map(({ name, routableTo }) => [name, new Set(routableTo)]))
  return (from, to) => from === to || from === '' || to === '' || routes.get(from)?.has(to) === true
}

/** Each with what the control planes whose objects it holds run for its Gateways of the Gateway API. */
const withGatewaysOf = (parts: ReadonlyMap<string, ClusterPart>, planes: readonly ControlPlane[]): ReadonlyMap<string, ClusterPart> =>
  new Map(
    [...parts].map(([name, part]) => {
      const readers = planes.filter(({ configCluster }) => configCluster === name)
      return [name, withDeployedGateways(part, readers, isObserved(part))]
    }),
  )

/** Views, each built when first asked for. */
const viewsOf = (snapshot: Snapshot): Snapshot['view'] => {
  const views = new Map<string, ControlPlaneView>()
  return (name) => {
    const known = views.get(name)
    if (known !== undefined) return known
    const controlPlane = snapshot.controlPlanes.get(name)
    if (controlPlane === undefined) throw new Error(`no control plane \`${name}\` in this snapshot`)
    const built = buildView(snapshot, controlPlane)
    // Somebody else may have had a turn meanwhile, and been given a view.
    const view = views.get(name) ?? built
    views.set(name, view)
    return view
  }
}

/** Whatever is asked about it. */
const ofTopology = (assumption: Assumption): Assumption => ({ ...assumption, general: true })

/**
 * One version, parsed, indexed and resolved: what is stated first, then what the objects say, then what is assumed.
 *
 * Cheap: workloads and views are built when first asked for, and stay.
 */
export const buildSnapshot = ({ contentHash, header, parts }: SnapshotInput): Snapshot => {
  const clusterParts = clusterPartsOf(header.clusters, parts)
  const { roles, assumptions: roleAssumptions } = rolesOf(clusterParts, header.controlPlanes ?? [])
  const planeParts = controlPlanePartsOf(header.controlPlanes ?? [], clusterParts, hostingClusters(clusterParts, roles))
  const management = managementOf({ clusters: clusterParts, planes: planeParts, roles })
  const raw = planeParts.map((plane) => buildControlPlane(plane, clusterParts, management))
  const outside = new Set([...roles].filter(([, { value }]) => value === 'NONE' || value === 'EXTERNAL').map(([name]) => name))
  const managersIn = (planes: readonly ControlPlane[]) => (cluster: string) =>
    (management.managedBy.get(cluster) ?? []).flatMap((name) => planes.find((plane) => plane.name === name) ?? [])
  const first = raw.map((built) => built.controlPlane)
  const meshes = meshOfClusters({ clusters: clusterParts, controlPlanes: first, managers: managersIn(first), outside }, header)
  const trust = trustDomainsOf(header, first, meshes, planeParts, clusterParts)
  const controlPlanes = new Map(trust.controlPlanes.map((plane) => [plane.name, plane]))
  const managers = managersIn(trust.controlPlanes)
  const configResources = (plane: ControlPlane) => clusterParts.get(plane.configCluster ?? '')?.resources
  const runningParts = withGatewaysOf(clusterParts, trust.controlPlanes)
  const clusters: ReadonlyMap<string, Cluster> = new Map(
    [...runningParts].map(([name, part]) => [
      name,
      buildCluster(part, roles.get(name) ?? unknown(), meshes.get(name) ?? unknown(), managers(name), configResources),
    ]),
  )
  const assumptions = [...roleAssumptions, ...management.assumptions, ...raw.flatMap((built) => built.assumptions)]
  const routable = routableBetween(header)
  const federated = federationAssumptions(header.federations ?? [])
  const snapshot: Snapshot = {
    contentHash,
    header,
    meshes: buildMeshes(header, clusters, controlPlanes),
    networks: buildNetworks(header, clusters),
    clusters,
    controlPlanes,
    statedGateways: header.gateways ?? [],
    federations: header.federations ?? [],
    tenants: header.tenants ?? [],
    assertions: header.assertions ?? [],
    suppressions: header.suppressions ?? [],
    inconsistencies: [
      ...management.inconsistencies,
      ...trust.inconsistencies,
      ...findInconsistencies(header, clusterParts, controlPlanes, managers),
    ],
    assumptions: [...assumptions, ...generalAssumptions({ clusters, controlPlanes, routable }), ...federated].map(ofTopology),
    view: (name) => view(name),
    routable,
  }
  const view = viewsOf(snapshot)
  return snapshot
}
