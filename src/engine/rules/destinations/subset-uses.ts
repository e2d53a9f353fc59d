import { pausing } from '../../pause.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { remembered } from '../../remembered.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { destinationsOf, type PlacedDestination } from './placed-destination.js'

const byKey = remembered((view: ControlPlaneView): ReadonlyMap<string, ReadonlySet<PlacedDestination['use']>> => {
  const found = new Map<string, Set<PlacedDestination['use']>>()
  for (const item of pausing([...view.configuration.virtualServices.values()].flat())) {
    for (const { destination, owner, use } of destinationsOf(view, item)) {
      if (destination.subset === '') continue
      const key = `${qualify(destination.host, owner.namespace, domainSuffix(view))} ${destination.subset}`
      found.set(key, (found.get(key) ?? new Set()).add(use))
    }
  }
  return found
})

/** How routes use the subset of the host; undefined: none does. */
export const subsetUses = (view: ControlPlaneView, host: string, subset: string): ReadonlySet<PlacedDestination['use']> | undefined =>
  byKey(view).get(`${host} ${subset}`)
