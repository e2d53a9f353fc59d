import { attaches, filterAttaches } from '../../istiod/proxies/attaches.js'
import type { ScopedPolicy } from '../../resources/istio/scoped-policy.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from './said.js'

/** What changes the workload's proxy in ways that nobody follows? Rules EXT-1, EXT-9. */
export function extensionsOf(view: ControlPlaneView, workload: Workload): readonly Said[] {
  if (workload.dataPlane === 'AMBIENT' || workload.dataPlane === 'PROXYLESS') return []
  const { envoyFilters, extensions } = view.configuration
  const places = [...new Set([view.controlPlane.meshConfig.rootNamespace, workload.namespace])]
  const near = <T>(all: ReadonlyMap<string, readonly T[]>): readonly T[] => places.flatMap((place) => all.get(place) ?? [])
  const found: readonly ScopedPolicy[] = [
    ...near(envoyFilters).filter((filter) => filterAttaches(view, filter, workload)),
    ...near(extensions).filter((extension) => attaches(view, extension, workload)),
  ]
  const message = 'changes the proxy, and what it does there is not followed'
  return found.map(({ meta }) => ({ concern: 'EXTENSION', state: 'NOT_FOLLOWED', message, resource: view.ref(meta), by: null }))
}
