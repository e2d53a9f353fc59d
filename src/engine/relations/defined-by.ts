import type { InventoryService } from '../inventory/inventory.js'
import type { ResourceRef } from '../model/resource-ref.js'
import { remembered } from '../remembered.js'
import type { Meta } from '../resources/meta.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** An object, and the cluster that it is in. */
export interface DefiningObject {
  readonly cluster: string
  readonly meta: Meta
  readonly ref: ResourceRef
}

/** The objects that define a service: its Services in every cluster, and ServiceEntries. */
export const definedBy = remembered((snapshot: Snapshot, { host, namespace, clusters }: InventoryService): readonly DefiningObject[] => {
  const services = clusters.flatMap((name) => {
    const cluster = snapshot.clusters.get(name)
    const own = (cluster?.resources.services.get(namespace) ?? []).filter(
      ({ meta }) => host === `${meta.name}.${namespace}.svc.${cluster?.clusterDomain ?? ''}`,
    )
    return cluster === undefined ? [] : own.map(({ meta }) => ({ cluster: name, meta, ref: cluster.ref(meta) }))
  })
  const byView = [...snapshot.controlPlanes.keys()].flatMap((plane): readonly DefiningObject[] => {
    const view = snapshot.view(plane)
    const service = view.service(host, namespace)
    const defined = (service?.definitions ?? []).map(({ cluster, service: { meta } }) => ({
      cluster,
      meta,
      ref: snapshot.clusters.get(cluster)?.ref(meta) ?? view.ref(meta),
    }))
    const entries = (service?.entries ?? []).map(({ meta }) => ({ cluster: view.configCluster?.name ?? '', meta, ref: view.ref(meta) }))
    return [...defined, ...entries]
  })
  return [...new Map([...services, ...byView].map((one) => [textOf(one.ref), one])).values()]
})

const textOf = ({ cluster, kind, namespace, name }: ResourceRef): string => `${cluster}/${kind}/${namespace}/${name}`
