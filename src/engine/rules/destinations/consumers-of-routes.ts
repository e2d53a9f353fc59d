/**
 * Who uses a VirtualService? Everyone whose proxy is given it; where nobody is known, those to whom it is exported.
 */
import { pausing } from '../../pause.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import { remembered } from '../../remembered.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { type Consumer, consumersOf, newcomerIn } from '../consumers.js'

const byRoute = remembered((view: ControlPlaneView): ReadonlyMap<VirtualService, readonly Consumer[]> => {
  const found = new Map<VirtualService, Consumer[]>()
  for (const consumer of pausing(consumersOf(view))) {
    for (const item of consumer.scope.virtualServices) {
      const list = found.get(item)
      if (list === undefined) found.set(item, [consumer])
      else list.push(consumer)
    }
  }
  return found
})

const none: readonly Consumer[] = []

/** The proxies that are given the VirtualService. */
export const knownConsumersOf = (view: ControlPlaneView, item: VirtualService): readonly Consumer[] => byRoute(view).get(item) ?? none

/** Whoever would use it, where nobody is known to: a delegate by itself, or a repository without workloads. */
export function likelyConsumersOf(view: ControlPlaneView, item: VirtualService): readonly Consumer[] {
  const { meta } = item
  const audience = virtualServicesOf(view).audienceOf(item)
  const namespaces = audience.has('*') || audience.has(meta.namespace) || audience.has('~') ? [meta.namespace] : [...audience]
  return namespaces.map((namespace) => newcomerIn(view, namespace))
}
