import type { FilterPatch } from '../../resources/istio/envoy-filter.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { filterAttaches } from './attaches.js'

interface Rewrite {
  /** With its dot. */
  readonly suffix: string
  readonly replacement: string
}

/**
 * The end of a name that the patch's filter writes anew, as old releases of Istio shipped it for gateways between control planes; undefined: it is
 * no such filter, or its pattern is more than an end. Rule DNS-30.
 */
export function clusterRewriteOf({ applyTo, operation, clusterRewrite }: FilterPatch): Rewrite | undefined {
  if (applyTo !== 'NETWORK_FILTER' || !operation.startsWith('INSERT') || clusterRewrite === undefined) return undefined
  const end = /^(?:\\\.[\w-]+)+\$$/.test(clusterRewrite.pattern) ? clusterRewrite.pattern.slice(0, -1).replaceAll('\\', '') : undefined
  return end === undefined ? undefined : { suffix: end, replacement: clusterRewrite.replacement }
}

/** The host under which the gateway looks for what is asked for, by the first such filter for it that takes the name. */
export function rewrittenAtGateway(view: ControlPlaneView, proxy: Workload, hostname: string): { readonly hostname: string } | undefined {
  const root = view.controlPlane.meshConfig.rootNamespace
  for (const place of new Set([root, proxy.namespace])) {
    for (const filter of view.configuration.envoyFilters.get(place) ?? []) {
      if (!filterAttaches(view, filter, proxy)) continue
      for (const patch of filter.patches) {
        const found = clusterRewriteOf(patch)
        if (found === undefined || !hostname.endsWith(found.suffix) || patch.match.context === 'SIDECAR_INBOUND') continue
        return { hostname: hostname.slice(0, -found.suffix.length) + found.replacement }
      }
    }
  }
  return undefined
}
