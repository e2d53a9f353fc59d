/**
 * What nearly answers a name? Services of almost this name, of this name in another namespace, and of clusters that the client's does not know. Rules DNS-2, DNS-6.
 */
import type { NearMiss } from '../../model/step.js'
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { ResolvedCall } from '../call/call.js'
import { nearHosts } from '../name/near-hosts.js'
import { nearMiss } from './near-miss.js'

const byName = remembered((cluster: Cluster): ReadonlyMap<string, readonly Service[]> => {
  const found = new Map<string, Service[]>()
  for (const list of cluster.resources.services.values()) {
    for (const service of list) {
      pause()
      const known = found.get(service.meta.name)
      if (known === undefined) found.set(service.meta.name, [service])
      else known.push(service)
    }
  }
  return found
})

export function nearNames({ client, host }: ResolvedCall): readonly NearMiss[] {
  const { cluster, workload, snapshot } = client
  const [name = '', namespace = workload.namespace] = host.split('.')
  const said = host.includes('.') ? `\`${host}\`` : `\`${host}\` alone`
  const elsewhere = (byName(cluster).get(name) ?? []).flatMap(({ meta }) =>
    meta.namespace === namespace
      ? []
      : [nearMiss(cluster.ref(meta), `is \`${meta.name}.${meta.namespace}\`, and ${said} means namespace \`${namespace}\``)],
  )
  const inOthers = [...snapshot.clusters.values()].flatMap((other) =>
    other === cluster
      ? []
      : (byName(other).get(name) ?? []).flatMap(({ meta }) =>
          meta.namespace === namespace
            ? [nearMiss(other.ref(meta), `exists only in cluster \`${other.name}\`, whose names \`${cluster.name}\` does not serve`)]
            : [],
        ),
  )
  const meant = nearHosts(client, host).map((near) => nearMiss(near.ref, `is called \`${near.name}\`, and the call is to \`${host}\``))
  return [...inOthers, ...elsewhere, ...meant]
}
