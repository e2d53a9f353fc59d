import { isUnrendered } from '../manifests/find-placeholders.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { clusterNetworkOf, labelledNetworkOf } from './clusters/build-cluster.js'
import type { ClusterPart } from './clusters/cluster-part.js'
import { headerRef } from './references.js'
import type { ControlPlane, Inconsistency } from './snapshot.js'

const missing = (what: string, name: string, because: ResourceRef): Inconsistency => ({
  code: 'REFERENCE_UNKNOWN',
  message: `there is no ${what} \`${name}\``,
  because: [because],
})

/** Names inside a list of the header that lead nowhere. */
const unknownNames = (
  what: string,
  names: readonly string[],
  known: ReadonlySet<string>,
  refOf: (position: number) => ResourceRef,
): readonly Inconsistency[] => names.flatMap((name, position) => (known.has(name) ? [] : [missing(what, name, refOf(position))]))

const one = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name])

interface Names {
  readonly clusters: ReadonlySet<string>
  readonly networks: ReadonlySet<string>
  readonly meshes: ReadonlySet<string>
}

// Names are only dangling where their list is given at all: `networks` and `meshes` are optional.
const ofCluster = ({ header, path }: ClusterPart, names: Names): readonly Inconsistency[] => {
  const ref = (key: string) => headerRef('Cluster', header.name, `${path}.${key}`)
  return [
    ...(names.networks.size === 0 ? [] : unknownNames('network', one(header.network), names.networks, () => ref('network'))),
    ...(names.meshes.size === 0 ? [] : unknownNames('mesh', one(header.mesh), names.meshes, () => ref('mesh'))),
    ...unknownNames('cluster', header.remoteSecrets ?? [], names.clusters, (position) => ref(`remoteSecrets[${position}]`)),
  ]
}

const ofControlPlanes = (header: TopologyHeader, names: Names): readonly Inconsistency[] =>
  (header.controlPlanes ?? []).flatMap((plane, index) => {
    const ref = (key: string) => headerRef('ControlPlane', plane.name, `controlPlanes[${index}].${key}`)
    return [
      ...unknownNames('cluster', one(plane.cluster), names.clusters, () => ref('cluster')),
      ...unknownNames('cluster', one(plane.configCluster), names.clusters, () => ref('configCluster')),
      ...unknownNames('cluster', plane.remoteSecrets ?? [], names.clusters, (position) => ref(`remoteSecrets[${position}]`)),
    ]
  })

const ofOthers = (header: TopologyHeader, names: Names, meshes: ReadonlySet<string>): readonly Inconsistency[] => [
  ...(header.gateways ?? []).flatMap((gateway, index) =>
    unknownNames('cluster', [gateway.cluster], names.clusters, () => headerRef('Gateway', gateway.cluster, `gateways[${index}].cluster`)),
  ),
  ...(header.networks ?? []).flatMap((network, index) =>
    unknownNames('network', network.routableTo ?? [], names.networks, (position) =>
      headerRef('Network', network.name, `networks[${index}].routableTo[${position}]`),
    ),
  ),
  ...(header.federations ?? []).flatMap((federation, index) => {
    const ref = (key: string) => headerRef('Federation', `${federation.importer}/${federation.exporter}`, `federations[${index}].${key}`)
    return [
      ...unknownNames('mesh', [federation.importer], meshes, () => ref('importer')),
      ...unknownNames('mesh', [federation.exporter], meshes, () => ref('exporter')),
    ]
  }),
]

const ofRemoteSecrets = (plane: ControlPlane, names: Names): readonly Inconsistency[] =>
  plane.remoteSecrets.provenance === 'DERIVED'
    ? (plane.remoteSecrets.value ?? []).flatMap((name) =>
        names.clusters.has(name)
          ? []
          : [
              {
                ...missing('cluster', name, plane.ref),
                message: `a remote secret of control plane \`${plane.name}\` names cluster \`${name}\`, which is not in the document`,
                because: plane.remoteSecrets.because,
              },
            ],
      )
    : []

/** The header's network against the system namespace's label: the header holds, the difference is told. */
const contradictedNetwork = (part: ClusterPart, managers: readonly ControlPlane[]): readonly Inconsistency[] => {
  const told = part.header.network
  const label = labelledNetworkOf(part, managers)
  if (told === undefined || label.value === undefined || label.value === told) return []
  return [
    {
      code: 'FACT_CONTRADICTED',
      message: `cluster \`${part.header.name}\` states network \`${told}\`, but its system namespace is labelled \`${label.value}\``,
      because: [...clusterNetworkOf(part, managers).because, ...label.because],
    },
  ]
}

/** What an installation says of the cluster against what the header states of it. */
const contradictedInstallation = (part: ClusterPart): readonly Inconsistency[] => {
  const { header, resources, path, ref } = part
  return resources.installations.flatMap((installation) => {
    const facts = [
      { what: 'name', key: 'name', told: header.name, found: installation.clusterName },
      { what: 'network', key: 'network', told: header.network, found: installation.network },
      { what: 'mesh', key: 'mesh', told: header.mesh, found: installation.meshId },
    ]
    return facts.flatMap(({ what, key, told, found }): readonly Inconsistency[] => {
      if (told === undefined || found === undefined || found === '' || told === found || isUnrendered(found)) return []
      const message =
        key === 'name'
          ? `the installation of cluster \`${told}\` calls it \`${found}\`, and by that name remote secrets and \`meshNetworks\` know it`
          : `cluster \`${header.name}\` states ${what} \`${told}\`, but its installation says \`${found}\``
      return [
        {
          code: 'FACT_CONTRADICTED',
          message,
          because: [headerRef('Cluster', header.name, `${path}.${key}`), ref(installation.meta, installation.path)],
        },
      ]
    })
  })
}

/** References of the header that lead nowhere, and facts that the objects contradict. */
export const findInconsistencies = (
  header: TopologyHeader,
  clusters: ReadonlyMap<string, ClusterPart>,
  controlPlanes: ReadonlyMap<string, ControlPlane>,
  managers: (cluster: string) => readonly ControlPlane[],
): readonly Inconsistency[] => {
  const names: Names = {
    clusters: new Set(clusters.keys()),
    networks: new Set((header.networks ?? []).map((network) => network.name)),
    meshes: new Set((header.meshes ?? []).map((mesh) => mesh.name)),
  }
  const meshes = new Set([...names.meshes, ...[...clusters.values()].flatMap((part) => part.header.mesh ?? [])])
  return [
    ...[...clusters.values()].flatMap((part) => ofCluster(part, names)),
    ...ofControlPlanes(header, names),
    ...ofOthers(header, names, meshes),
    ...[...controlPlanes.values()].flatMap((plane) => ofRemoteSecrets(plane, names)),
    ...[...clusters].flatMap(([name, part]) => [...contradictedNetwork(part, managers(name)), ...contradictedInstallation(part)]),
  ]
}
