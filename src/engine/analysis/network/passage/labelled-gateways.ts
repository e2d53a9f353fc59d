import type { ResourceRef } from '../../../model/resource-ref.js'
import type { ControlPlaneView } from '../../../snapshot/snapshot.js'
import { remembered } from '../../../remembered.js'

/** A Service that is labelled as a network's gateway, whether or not it can be used as one. */
export interface LabelledGateway {
  readonly cluster: string
  readonly name: string
  readonly ref: ResourceRef
  /** The control plane does not see its namespace (MODEL-6). */
  readonly leftOut: boolean
}

const networkKey = 'topology.istio.io/network'

/** Services of the visible clusters with the network's label, for saying why none of them leads there (NET-6, NET-7). */
export const labelledGateways = (view: ControlPlaneView, network: string): readonly LabelledGateway[] => byNetwork(view).get(network) ?? []

const byNetwork = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly LabelledGateway[]> => {
  const found = new Map<string, LabelledGateway[]>()
  for (const cluster of view.clusters) {
    for (const services of cluster.resources.services.values()) {
      for (const { meta } of services) {
        const network = meta.labels[networkKey]
        if (network === undefined) continue
        const gateway = {
          cluster: cluster.name,
          name: `${meta.namespace}/${meta.name}`,
          ref: cluster.ref(meta),
          leftOut: !view.selects(cluster.name, meta.namespace),
        }
        const known = found.get(network)
        if (known === undefined) found.set(network, [gateway])
        else known.push(gateway)
      }
    }
  }
  return found
})
