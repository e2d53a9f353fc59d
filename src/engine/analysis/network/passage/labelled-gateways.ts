import type { ResourceRef } from '../../../model/resource-ref.js'
import type { ControlPlaneView } from '../../../snapshot/snapshot.js'

/** A Service that is labelled as a network's gateway, whether or not it can be used as one. */
export interface LabelledGateway {
  readonly cluster: string
  readonly name: string
  readonly ref: ResourceRef
}

const networkKey = 'topology.istio.io/network'

const memo = new WeakMap<ControlPlaneView, ReadonlyMap<string, readonly LabelledGateway[]>>()

/** Services of the visible clusters with the network's label, for saying why none of them leads there (NET-6, NET-7). Built once per view. */
export function labelledGateways(view: ControlPlaneView, network: string): readonly LabelledGateway[] {
  let byNetwork = memo.get(view)
  if (byNetwork === undefined) memo.set(view, (byNetwork = collect(view)))
  return byNetwork.get(network) ?? []
}

function collect(view: ControlPlaneView): ReadonlyMap<string, readonly LabelledGateway[]> {
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
        }
        const known = found.get(network)
        if (known === undefined) found.set(network, [gateway])
        else known.push(gateway)
      }
    }
  }
  return found
}
