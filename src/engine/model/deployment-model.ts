import Type, { type Static } from 'typebox'

export const Multiplicity = Type.Enum(['NONE', 'SINGLE', 'MULTIPLE'])
export type Multiplicity = Static<typeof Multiplicity>

export const TenancyKind = Type.Enum(['NAMESPACE', 'CLUSTER', 'MESH'])
export type TenancyKind = Static<typeof TenancyKind>

/** Placement of a mesh's control planes, the first that holds (TOPO-5). */
export const Availability = Type.Enum([
  'SINGLE_CONTROL_PLANE',
  'EVERY_CLUSTER',
  'CLUSTERS_PER_ZONE',
  'CLUSTER_PER_ZONE',
  'CLUSTERS_PER_REGION',
  'CLUSTER_PER_REGION',
  'UNRANKED',
  'UNDETERMINED',
])
export type Availability = Static<typeof Availability>

/** What carries the calls of a mesh's workloads: proxies beside them, ztunnels of their nodes, or the library that they are built with. */
export const MeshDataPlane = Type.Enum(['SIDECAR', 'AMBIENT', 'PROXYLESS'])
export type MeshDataPlane = Static<typeof MeshDataPlane>

export const MeshDeployment = Type.Object({
  mesh: Type.String(),
  clusters: Multiplicity,
  networks: Multiplicity,
  controlPlanes: Multiplicity,
  availability: Availability,
  /** Those that some workload of its clusters has. */
  dataPlanes: Type.Array(MeshDataPlane),
})
export type MeshDeployment = Static<typeof MeshDeployment>

/** Which of the deployment models a topology is, along each axis (TOPO-1). */
export const DeploymentModel = Type.Object({
  clusters: Multiplicity,
  networks: Multiplicity,
  controlPlanes: Multiplicity,
  meshes: Multiplicity,
  tenancy: Type.Array(TenancyKind),
  perMesh: Type.Array(MeshDeployment),
})
export type DeploymentModel = Static<typeof DeploymentModel>
