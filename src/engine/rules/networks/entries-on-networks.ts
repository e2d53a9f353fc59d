import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { EntryEndpoint } from '../../resources/istio/entry-endpoint.js'
import type { Meta } from '../../resources/meta.js'
import { titleOf } from '../../snapshot/references.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** An endpoint that somebody wrote with a network. */
interface Written {
  readonly meta: Meta
  readonly endpoint: EntryEndpoint
}

function* writtenFor(view: ControlPlaneView): Iterable<Written> {
  for (const { name, resources } of view.clusters)
    for (const [namespace, list] of resources.workloadEntries) if (view.selects(name, namespace)) yield* list
  for (const list of view.configuration.serviceEntries.values())
    for (const { meta, endpoints } of pausing(list)) for (const endpoint of endpoints) yield { meta, endpoint }
}

/** What entries say of networks: one entry of each, as a sentence names it. */
export const entriesOnNetworks = remembered((view: ControlPlaneView): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const { meta, endpoint } of writtenFor(view)) {
    if (endpoint.network !== '' && !found.has(endpoint.network)) found.set(endpoint.network, titleOf(meta))
  }
  return found
})
