import { globMatcher } from '../model/glob-matcher.js'
import type { TenantHeader } from '../model/topology/tenant-header.js'
import type { Cluster } from './snapshot.js'

/** Does somebody who stands there belong to the tenant? */
export type TenantMembers = (cluster: Pick<Cluster, 'name' | 'mesh'>, namespace: string) => boolean

export function tenantMembers({ kind, members }: Pick<TenantHeader, 'kind' | 'members'>): TenantMembers {
  const matchers = members.map((member) => ({ matches: globMatcher(member), ofOneCluster: member.includes('/') }))
  if (kind === 'CLUSTER') return (cluster) => matchers.some(({ matches }) => matches(cluster.name))
  if (kind === 'MESH') return ({ mesh: { value } }) => value !== undefined && matchers.some(({ matches }) => matches(value))
  return (cluster, namespace) =>
    matchers.some(({ matches, ofOneCluster }) => matches(ofOneCluster ? `${cluster.name}/${namespace}` : namespace))
}
