import type { TopologyHeader } from '../model/topology-document.js'
import type { Fact } from './fact.js'
import { derived, stated, unknown } from './known.js'
import { headerRef } from './references.js'
import type { Cluster, ControlPlane, Mesh, Network } from './snapshot.js'

const trustDomainOf = (position: number, header: TopologyHeader, planes: readonly ControlPlane[]): Fact<string> => {
  const mesh = header.meshes?.[position]
  if (mesh?.trustDomain !== undefined) return stated(mesh.trustDomain, [headerRef('Mesh', mesh.name, `meshes[${position}].trustDomain`)])
  const domains = new Set(planes.map((plane) => plane.meshConfig.trustDomain))
  const first = planes[0]
  return domains.size === 1 && first !== undefined ? derived(first.meshConfig.trustDomain, first.meshConfig.because) : unknown()
}

const commonRootOf = (position: number, header: TopologyHeader): Pick<Mesh, 'commonRoot'> => {
  const mesh = header.meshes?.[position]
  return mesh?.commonRoot === true ? { commonRoot: headerRef('Mesh', mesh.name, `meshes[${position}].commonRoot`) } : {}
}

/** Meshes of the header, then those that only clusters name. */
export const buildMeshes = (
  header: TopologyHeader,
  clusters: ReadonlyMap<string, Cluster>,
  controlPlanes: ReadonlyMap<string, ControlPlane>,
): readonly Mesh[] => {
  const declared = (header.meshes ?? []).map((mesh) => mesh.name)
  const used = [...clusters.values()].flatMap((cluster) => cluster.mesh.value ?? [])
  const ofPlanes = [...controlPlanes.values()].flatMap((plane) => plane.mesh ?? [])
  return [...new Set([...declared, ...used, ...ofPlanes])].map((name) => {
    const members = [...clusters.values()].filter((cluster) => cluster.mesh.value === name)
    const planes = [...controlPlanes.values()].filter((plane) => plane.mesh === name)
    return {
      name,
      trustDomain: trustDomainOf(declared.indexOf(name), header, planes),
      ...commonRootOf(declared.indexOf(name), header),
      clusters: members.map((cluster) => cluster.name),
      controlPlanes: planes.map((plane) => plane.name),
    }
  })
}

/** Networks of the header, then those that only clusters name. */
export const buildNetworks = (header: TopologyHeader, clusters: ReadonlyMap<string, Cluster>): readonly Network[] => {
  const declared = new Map((header.networks ?? []).map((network) => [network.name, network.routableTo ?? []]))
  const used = [...clusters.values()].flatMap((cluster) => cluster.network.value ?? [])
  return [...new Set([...declared.keys(), ...used])].map((name) => ({
    name,
    routableTo: declared.get(name) ?? [],
    clusters: [...clusters.values()].filter((cluster) => cluster.network.value === name).map((cluster) => cluster.name),
  }))
}
