import type { ResourceRef } from '../model/resource-ref.js'
import type { View } from '../model/topology/view.js'
import { remembered } from '../remembered.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import { tenantMembers } from '../snapshot/tenant-members.js'

/** What of a snapshot is in view. Whatever is not known to be is not. */
export interface Sight {
  readonly snapshot: Snapshot
  /** Is a namespace in view, one that is there? */
  holds(cluster: string | null | undefined, namespace: string | null | undefined): boolean
  /** Is all of a cluster in view? */
  holdsCluster(cluster: string | null | undefined): boolean
  /** Clusters in which the namespace is in view, and whether there is another one that has it. */
  spread(namespace: string): { readonly clusters: readonly string[]; readonly elsewhere: boolean }
  /** References to what is in view, and one for all the rest. */
  refs(because: readonly ResourceRef[]): ResourceRef[]
}

export const outOfView = 'OUTSIDE_OF_VIEW'

/** Stands for any number of objects. */
export const foreignRef: ResourceRef = { cluster: null, kind: outOfView, namespace: null, name: '', path: null, source: null }

const namespacesOf = remembered((cluster: Cluster): ReadonlySet<string> => new Set(cluster.namespaceNames))

export function sightOf(snapshot: Snapshot, { tenants }: View): Sight {
  const members = tenants.map(tenantMembers)
  const whole = tenants.filter(({ kind }) => kind !== 'NAMESPACE').map(tenantMembers)
  const places = new Map<string, boolean>()
  const holdsCluster: Sight['holdsCluster'] = (name) => {
    const cluster = snapshot.clusters.get(name ?? '')
    return cluster !== undefined && whole.some((has) => has(cluster, ''))
  }
  const holds: Sight['holds'] = (name, namespace) => {
    const cluster = snapshot.clusters.get(name ?? '')
    if (cluster === undefined || !namespace) return false
    if (holdsCluster(name)) return true
    const place = `${cluster.name}/${namespace}`
    const known = places.get(place)
    if (known !== undefined) return known
    const held = namespacesOf(cluster).has(namespace) && members.some((has) => has(cluster, namespace))
    places.set(place, held)
    return held
  }
  const shows = ({ cluster, kind, namespace, name }: ResourceRef): boolean =>
    namespace === null ? holdsCluster(cluster) || (kind === 'Namespace' && holds(cluster, name)) : holds(cluster, namespace)
  return {
    snapshot,
    holds,
    holdsCluster,
    spread: (namespace) => {
      const having = [...snapshot.clusters.values()].filter((cluster) => namespacesOf(cluster).has(namespace))
      const clusters = having.filter(({ name }) => holds(name, namespace)).map(({ name }) => name)
      return { clusters, elsewhere: clusters.length < having.length }
    },
    refs: (because) => {
      const shown = because.filter(shows)
      return shown.length === because.length ? shown : [...shown, foreignRef]
    },
  }
}
