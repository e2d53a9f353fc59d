import type { TopologyHeader } from '../model/topology-document.js'
import type { ClusterPart } from './clusters/cluster-part.js'
import type { Fact } from './fact.js'
import { assumed, derived, stated, unknown } from './known.js'
import { headerRef } from './references.js'
import type { ControlPlane } from './snapshot.js'

interface Membership {
  readonly clusters: ReadonlyMap<string, ClusterPart>
  readonly controlPlanes: readonly ControlPlane[]
  /** By cluster: its control planes. */
  readonly managers: (cluster: string) => readonly ControlPlane[]
  /** Clusters that no mesh runs in: without istiod, or with one for others. */
  readonly outside: ReadonlySet<string>
}

const known = (part: ClusterPart, header: TopologyHeader): Fact<string> => {
  const name = part.header.name
  if (part.header.mesh !== undefined) return stated(part.header.mesh, [headerRef('Cluster', name, `${part.path}.mesh`)])
  const installation = part.resources.installations.find(({ meshId }) => meshId !== undefined && meshId !== '')
  if (installation?.meshId !== undefined) return derived(installation.meshId, [part.ref(installation.meta, installation.path)])
  const only = header.meshes?.length === 1 ? header.meshes[0] : undefined
  return only === undefined ? unknown() : assumed(only.name, [headerRef('Mesh', only.name, 'meshes[0]')])
}

/** Clusters joined by a common control plane, or by one that reads the other's API server. */
const linked = ({ controlPlanes, managers }: Membership, a: string, b: string): boolean => {
  const ofA = managers(a)
  const ofB = managers(b)
  const reads = (planes: readonly ControlPlane[], cluster: string): boolean =>
    planes.some((plane) => plane.remoteSecrets.value?.includes(cluster) === true)
  return controlPlanes.some((plane) => ofA.includes(plane) && ofB.includes(plane)) || reads(ofA, b) || reads(ofB, a)
}

/** Groups of clusters that state no mesh, each joined through links. */
const groupsOf = (membership: Membership, names: readonly string[]): readonly (readonly string[])[] => {
  const left = new Set(names)
  const groups: string[][] = []
  for (const first of names) {
    if (!left.delete(first)) continue
    const group = [first]
    for (const member of group) {
      for (const other of names) {
        if (!left.has(other)) continue
        if (linked(membership, member, other)) {
          left.delete(other)
          group.push(other)
        }
      }
    }
    groups.push(group)
  }
  return groups
}

/** The mesh of a cluster that the group is joined to, else the trust domain, else its first cluster's name. */
const nameOfGroup = (
  membership: Membership,
  facts: ReadonlyMap<string, Fact<string>>,
  group: readonly string[],
  alone: boolean,
): string => {
  const [first = ''] = group
  const joined = [...facts].find(([name, fact]) => fact.value !== undefined && group.some((member) => linked(membership, member, name)))
  if (joined?.[1].value !== undefined) return joined[1].value
  return (alone ? membership.managers(first)[0]?.meshConfig.trustDomain : undefined) ?? first
}

/**
 * The mesh of every cluster: stated, by its installation, else the only one; the rest form meshes by how they are joined.
 *
 * The mesh ID defaults to the trust domain (MODEL-29); where several meshes would share that name, each has its first cluster's.
 */
export const meshOfClusters = (membership: Membership, header: TopologyHeader): ReadonlyMap<string, Fact<string>> => {
  const facts = new Map<string, Fact<string>>()
  const open: string[] = []
  for (const [name, part] of membership.clusters) {
    const fact = membership.outside.has(name) && part.header.mesh === undefined ? unknown<string>() : known(part, header)
    if (fact.value === undefined && !membership.outside.has(name)) open.push(name)
    facts.set(name, fact)
  }
  const groups = groupsOf(membership, open)
  for (const group of groups) {
    const name = nameOfGroup(membership, facts, group, groups.length === 1)
    for (const member of group) facts.set(member, assumed(name))
  }
  return facts
}
