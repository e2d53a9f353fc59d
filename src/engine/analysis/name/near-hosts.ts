/**
 * Which services may have been meant by a name that nobody has? In the form in which the name was written: alone, with a namespace, or in full (DNS-6).
 *
 * In a large mesh many names are wrong: only those that begin alike are compared, and they are found without looking at the others.
 */
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { remembered } from '../../remembered.js'
import type { Meta } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'

export interface NearHost {
  readonly name: string
  readonly ref: ResourceRef
}

const mostCompared = 200

/** At most three Services of the client's cluster, the nearest first. */
export function nearHosts({ cluster, workload }: Client, host: string): readonly NearHost[] {
  const suffix = `.svc.${cluster.clusterDomain}`
  const isFull = host.endsWith(suffix)
  const written = isFull ? host.slice(0, -suffix.length) : host
  const own = written.includes('.') ? '' : `.${workload.namespace}`
  const alike = beginningAlike(cluster, written.slice(0, 1)).flatMap(({ name, meta }) => {
    const short = own !== '' && name.endsWith(own) ? name.slice(0, -own.length) : name
    const isNear = short.startsWith(written) || Math.abs(short.length - written.length) <= 3
    return isNear ? [{ name: short, meta }] : []
  })
  const known = new Map(alike.slice(0, mostCompared).map(({ name, meta }) => [name, meta]))
  return nearestNames(written, [...known.keys()])
    .slice(0, 3)
    .flatMap((name) => {
      const meta = known.get(name)
      return meta === undefined ? [] : [{ name: isFull ? `${name}${suffix}` : name, ref: cluster.ref(meta) }]
    })
}

interface Named {
  /** `name.namespace`. */
  readonly name: string
  readonly meta: Meta
}

const byBeginning = remembered((cluster: Cluster): ReadonlyMap<string, readonly Named[]> => {
  const index = new Map<string, Named[]>()
  for (const services of cluster.resources.services.values()) {
    for (const { meta } of services) {
      const beginning = meta.name.slice(0, 1)
      const filed = index.get(beginning)
      const named = { name: `${meta.name}.${meta.namespace}`, meta }
      if (filed === undefined) index.set(beginning, [named])
      else filed.push(named)
    }
  }
  return index
})

const beginningAlike = (cluster: Cluster, beginning: string): readonly Named[] => byBeginning(cluster).get(beginning) ?? []
