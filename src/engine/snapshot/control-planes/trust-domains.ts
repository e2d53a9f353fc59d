import type { ResourceRef } from '../../model/resource-ref.js'
import type { TopologyHeader } from '../../model/topology-document.js'
import type { ClusterPart } from '../clusters/cluster-part.js'
import type { ControlPlanePart } from './control-plane-part.js'
import type { Fact } from '../fact.js'
import { statesTrustDomain } from './plane-configuration.js'
import { headerRef } from '../references.js'
import type { ControlPlane, Inconsistency } from '../snapshot.js'

/** Control planes with their mesh, and the trust domain that the header states for it. */
export interface TrustDomains {
  readonly controlPlanes: readonly ControlPlane[]
  readonly inconsistencies: readonly Inconsistency[]
}

const meshOf = (plane: ControlPlane, meshes: ReadonlyMap<string, Fact<string>>): string | undefined =>
  plane.mesh ?? meshes.get(plane.cluster ?? '')?.value ?? meshes.get(plane.configCluster ?? '')?.value

const contradiction = (plane: ControlPlane, mesh: string, told: string, because: ResourceRef): Inconsistency => ({
  code: 'FACT_CONTRADICTED',
  message: `mesh \`${mesh}\` states trust domain \`${told}\`, but control plane \`${plane.name}\` is configured with \`${plane.meshConfig.trustDomain}\``,
  because: [because, ...plane.meshConfig.because],
})

/** A mesh's stated trust domain holds over what its control planes' configuration says; a difference is reported. */
export const trustDomainsOf = (
  header: TopologyHeader,
  planes: readonly ControlPlane[],
  meshes: ReadonlyMap<string, Fact<string>>,
  parts: readonly ControlPlanePart[],
  clusters: ReadonlyMap<string, ClusterPart>,
): TrustDomains => {
  const inconsistencies: Inconsistency[] = []
  const isWritten = (plane: ControlPlane): boolean => {
    const part = parts.find((candidate) => candidate.name === plane.name)
    const host = clusters.get(plane.cluster ?? '') ?? clusters.get(plane.configCluster ?? '')
    return part !== undefined && statesTrustDomain(part, host)
  }
  const controlPlanes = planes.map((plane): ControlPlane => {
    const mesh = meshOf(plane, meshes)
    const position = (header.meshes ?? []).findIndex((candidate) => candidate.name === mesh)
    const told = header.meshes?.[position]?.trustDomain
    if (mesh === undefined || told === undefined || told === plane.meshConfig.trustDomain) return { ...plane, mesh }
    const because = headerRef('Mesh', mesh, `meshes[${position}].trustDomain`)
    if (isWritten(plane)) inconsistencies.push(contradiction(plane, mesh, told, because))
    return { ...plane, mesh, meshConfig: { ...plane.meshConfig, trustDomain: told, because: [because, ...plane.meshConfig.because] } }
  })
  return { controlPlanes, inconsistencies }
}
