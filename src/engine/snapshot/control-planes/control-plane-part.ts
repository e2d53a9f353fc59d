import type { ControlPlaneHeader } from '../../model/topology/control-plane-header.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { MeshInstallation } from '../../resources/installation/mesh-installation.js'
import type { ClusterPart } from '../clusters/cluster-part.js'
import { type Istiod, normalRevision, servedElsewhere } from './find-istiods.js'
import { headerRef } from '../references.js'

/** What is at hand of a control plane before its configuration is read. */
export interface ControlPlanePart {
  readonly name: string
  readonly cluster: string | undefined
  /** Stated, or told by an istiod that serves from another cluster's API server; undefined: nobody says. */
  readonly configCluster: string | undefined
  readonly revision: string
  readonly header: ControlPlaneHeader | undefined
  readonly istiod: Istiod | undefined
  readonly installation: MeshInstallation | undefined
  readonly systemNamespace: string
  readonly ref: ResourceRef
}

const nameOf = (cluster: string, revision: string): string => (revision === '' ? cluster : `${cluster}/${revision}`)

const findInstallation = (part: ClusterPart | undefined, revision: string): MeshInstallation | undefined =>
  part?.resources.installations.find((installation) => normalRevision(installation.revision) === revision)

/** Namespace that holds the mesh's ConfigMap, when exactly one does. */
const configMapNamespace = (part: ClusterPart | undefined, revision: string): string | undefined => {
  const name = revision === '' ? 'istio' : `istio-${revision}`
  const found = [...(part?.resources.configMaps ?? [])].filter(([, maps]) =>
    maps.some((map) => map.meta.name === name && 'mesh' in map.data),
  )
  return found.length === 1 ? found[0]?.[0] : undefined
}

interface Parts {
  readonly name: string
  readonly revision: string
  readonly clusterName: string | undefined
  readonly cluster: ClusterPart | undefined
  readonly header?: ControlPlaneHeader
  readonly ref?: ResourceRef
}

const systemNamespaceOf = (
  { cluster, header, revision }: Parts,
  istiod: Istiod | undefined,
  installation: MeshInstallation | undefined,
): string =>
  header?.systemNamespace ?? istiod?.namespace ?? installation?.namespace ?? configMapNamespace(cluster, revision) ?? 'istio-system'

const assemble = (parts: Parts, clusters: ReadonlyMap<string, unknown>): ControlPlanePart => {
  const { name, revision, clusterName, cluster, header } = parts
  const istiod = cluster?.istiods.find((candidate) => candidate.revision === revision)
  const installation = findInstallation(cluster, revision)
  return {
    name,
    cluster: clusterName,
    configCluster: header?.configCluster ?? servedElsewhere(istiod, clusterName ?? '', clusters),
    revision,
    header,
    istiod,
    installation,
    systemNamespace: systemNamespaceOf(parts, istiod, installation),
    ref: parts.ref ?? istiod?.ref ?? headerRef('Cluster', clusterName ?? name, cluster?.path ?? ''),
  }
}

const statedParts = (headers: readonly ControlPlaneHeader[], clusters: ReadonlyMap<string, ClusterPart>): readonly ControlPlanePart[] =>
  headers.map((header, position) =>
    assemble(
      {
        name: header.name,
        revision: normalRevision(header.revision),
        clusterName: header.cluster,
        cluster: clusters.get(header.cluster ?? header.configCluster ?? ''),
        header,
        ref: headerRef('ControlPlane', header.name, `controlPlanes[${position}]`),
      },
      clusters,
    ),
  )

/**
 * Every control plane: those of the header, then for each hosting cluster the istiods that the header does not name.
 *
 * `hosting` are the clusters that run one by their role; such a cluster without a visible istiod has a default one.
 */
export const controlPlanePartsOf = (
  headers: readonly ControlPlaneHeader[],
  clusters: ReadonlyMap<string, ClusterPart>,
  hosting: ReadonlySet<string>,
): readonly ControlPlanePart[] => {
  const parts = [...statedParts(headers, clusters)]
  const taken = new Set(parts.map((part) => part.name))
  for (const [name, cluster] of clusters) {
    if (!hosting.has(name)) continue
    const here = new Set(parts.filter((part) => part.cluster === name).map((part) => part.revision))
    const revisions = cluster.istiods.map((istiod) => istiod.revision).filter((revision) => !here.has(revision))
    if (revisions.length === 0 && here.size === 0) revisions.push('')
    for (const revision of [...new Set(revisions)].sort()) {
      const partName = nameOf(name, revision)
      if (!taken.has(partName)) parts.push(assemble({ name: partName, revision, clusterName: name, cluster }, clusters))
      taken.add(partName)
    }
  }
  return parts
}
