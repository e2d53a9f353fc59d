import type { ResourceRef } from '../../model/resource-ref.js'
import type { EnvoyFilter } from '../../resources/istio/envoy-filter.js'
import type { ScopedPolicy } from '../../resources/istio/scoped-policy.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { attaches, attachesToService, filterAttaches, isWaypoint } from './attaches.js'
import { clusterRewriteOf } from './cluster-rewrite.js'
import { couldTurn } from './could-turn.js'
import { decidingHeaders } from './deciding-headers.js'
import { extensionActs, ifItFails } from './extension-acts.js'
import type { Passing } from './passing.js'
import { patchFits } from './patch-fits.js'

/** Something at a proxy that nobody here follows and that could stop or divert the call. */
export interface Unread {
  readonly name: string
  readonly because: ResourceRef
}

/** Has the control plane any object of the kinds that change proxies in ways that nobody follows? Most have none. */
export const changesProxies = ({ configuration: { envoyFilters, extensions } }: ControlPlaneView): boolean =>
  envoyFilters.size > 0 || extensions.size > 0

/** EnvoyFilters and extensions at this proxy that could turn the call that passes so. Rules EXT-1 … EXT-3, EXT-7 … EXT-10. */
export function unreadAtProxy(view: ControlPlaneView, proxy: Workload, given: Passing): readonly Unread[] {
  const { envoyFilters, extensions } = view.configuration
  if (withoutEnvoy.has(proxy.dataPlane)) return none
  const passing: Passing = isWaypoint(proxy) ? { ...given, direction: 'WAYPOINT' } : given
  return [
    ...near(view, proxy, envoyFilters)
      .filter((filter) => filterAttaches(view, filter, proxy))
      .flatMap((filter) => patchesAt(view, filter, passing).slice(0, 1)),
    ...near(view, proxy, extensions, passing)
      .filter((extension) => extensionActs(view, extension, passing) && isFor(view, extension, proxy, passing))
      .map((extension) => {
        const { meta } = extension
        const name = `${meta.kind} \`${meta.namespace}/${meta.name}\`${ifItFails(view, extension)}`
        return { name, because: view.ref(meta) }
      }),
  ]
}

/** Neither ztunnel nor a library in the application reads such objects (EXT-1). */
const withoutEnvoy: ReadonlySet<string> = new Set(['NONE', 'AMBIENT', 'PROXYLESS'])

const none: readonly Unread[] = []

/** Those of the root namespace and of the proxy's own; at a waypoint, of extensions, those of the called service's as well. */
function near<T>(view: ControlPlaneView, { namespace }: Workload, all: ReadonlyMap<string, readonly T[]>, passing?: Passing): readonly T[] {
  const ofServices = passing === undefined ? [] : servicesAtWaypoint(view, passing).map((service) => service.namespace)
  const places = new Set([view.controlPlane.meshConfig.rootNamespace, namespace, ...ofServices])
  return [...places].flatMap((place) => all.get(place) ?? [])
}

const servicesAtWaypoint = (view: ControlPlaneView, { direction, host }: Passing): readonly MeshService[] =>
  direction === 'WAYPOINT' && host !== undefined ? view.servicesByHost(host) : []

const isFor = (view: ControlPlaneView, extension: ScopedPolicy, proxy: Workload, passing: Passing): boolean =>
  attaches(view, extension, proxy) || servicesAtWaypoint(view, passing).some((service) => attachesToService(extension, service))

const patchesAt = (view: ControlPlaneView, { meta, patches }: EnvoyFilter, passing: Passing): readonly Unread[] =>
  patches
    .filter((patch) => clusterRewriteOf(patch) === undefined && patchFits(view, patch, passing) && couldTurn(patch, decidingHeaders(view)))
    .map(({ path }) => ({ name: `EnvoyFilter \`${meta.namespace}/${meta.name}\``, because: view.ref(meta, path) }))
