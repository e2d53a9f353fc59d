import type { ResourceRef } from '../../model/resource-ref.js'
import type { EnvoyFilter, FilterPatch } from '../../resources/istio/envoy-filter.js'
import type { Extension } from '../../resources/istio/extension.js'
import type { ScopedPolicy } from '../../resources/istio/scoped-policy.js'
import { readsFilterTargets } from '../../snapshot/releases.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { isFoundIn } from '../expressions/expression.js'
import { remembered } from '../../remembered.js'
import { couldTurn } from './could-turn.js'

/** How a call goes through a proxy: out of a client's sidecar, into a server's, or through a gateway, and as what. */
export interface Passing {
  readonly direction: 'OUTBOUND' | 'INBOUND' | 'GATEWAY'
  /** The host and the port of the Service that is called, where there is one. */
  readonly host: string | undefined
  readonly port: number | undefined
  /** Port of the pod that the call arrives at. */
  readonly podPort: number | undefined
  readonly subset: string
  /** False where the proxy sees a connection and no requests. */
  readonly requests: boolean
}

/** Something at a proxy that nobody here follows and that could stop or divert the call. */
export interface Unread {
  readonly name: string
  readonly because: ResourceRef
}

/** Has the control plane any object of the kinds that change proxies in ways that nobody follows? Most have none. */
export const changesProxies = ({ configuration: { envoyFilters, extensions } }: ControlPlaneView): boolean =>
  envoyFilters.size > 0 || extensions.size > 0

/** EnvoyFilters and extensions at this proxy that could turn the call that passes so. Rules EXT-1, EXT-2, EXT-7, EXT-9, EXT-10. */
export function unreadAtProxy(view: ControlPlaneView, proxy: Workload, passing: Passing): readonly Unread[] {
  const { envoyFilters, extensions } = view.configuration
  if (proxy.dataPlane !== 'SIDECAR' && proxy.dataPlane !== 'GATEWAY') return none
  return [
    ...near(view, proxy, envoyFilters)
      .filter((filter) => reaches(view, filter, proxy))
      .flatMap((filter) => patchesAt(view, filter, passing).slice(0, 1)),
    ...near(view, proxy, extensions)
      .filter((extension) => extension.hasCode && selects(extension, proxy) && acts(extension, passing))
      .map(({ meta }) => ({ name: `${meta.kind} \`${meta.namespace}/${meta.name}\``, because: view.ref(meta) })),
  ]
}

const none: readonly Unread[] = []

/** Those of the root namespace and of the proxy's own. */
const near = <T>(view: ControlPlaneView, { namespace }: Workload, all: ReadonlyMap<string, readonly T[]>): readonly T[] => {
  const root = view.controlPlane.meshConfig.rootNamespace
  return (namespace === root ? [root] : [root, namespace]).flatMap((place) => all.get(place) ?? [])
}

const gatewayName = ({ labels }: Workload): string | undefined => labels['gateway.networking.k8s.io/gateway-name']

/** A selector picks by labels; references pick the pods of a Kubernetes Gateway of the same namespace. */
function selects({ meta, selector, targetRefs }: ScopedPolicy, proxy: Workload): boolean {
  if (targetRefs.length === 0) return selectorMatches(selector ?? {}, proxy.labels)
  const name = gatewayName(proxy)
  return meta.namespace === proxy.namespace && targetRefs.some((target) => target.kind === 'Gateway' && target.name === name)
}

/** Before 1.27 references of EnvoyFilters were not looked at, so that those filters were for every proxy (EXT-1). */
const reaches = (view: ControlPlaneView, filter: EnvoyFilter, proxy: Workload): boolean =>
  readsFilterTargets(view.controlPlane) ? selects(filter, proxy) : selectorMatches(filter.selector ?? {}, proxy.labels)

const patchesAt = (view: ControlPlaneView, { meta, patches }: EnvoyFilter, passing: Passing): readonly Unread[] =>
  patches
    .filter((patch) => fits(view, patch, passing) && couldTurn(patch))
    .map(({ path }) => ({ name: `EnvoyFilter \`${meta.namespace}/${meta.name}\``, because: view.ref(meta, path) }))

const contexts: Readonly<Record<string, readonly Passing['direction'][]>> = {
  ANY: ['OUTBOUND', 'INBOUND', 'GATEWAY'],
  SIDECAR_OUTBOUND: ['OUTBOUND'],
  SIDECAR_INBOUND: ['INBOUND'],
  GATEWAY: ['GATEWAY'],
  WAYPOINT: [],
}

const ofRequests: ReadonlySet<string> = new Set(['HTTP_FILTER', 'ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'])

/** Is the patch for calls that pass so? Only what certainly leaves the call out is left out (EXT-2, EXT-7). */
function fits(view: ControlPlaneView, { applyTo, match }: FilterPatch, passing: Passing): boolean {
  const { direction } = passing
  if (contexts[match.context]?.includes(direction) === false) return false
  if (ofRequests.has(applyTo) && !passing.requests) return false
  if (!mayBeVersion(view, match.proxyVersion)) return false
  if (applyTo === 'CLUSTER') return direction !== 'OUTBOUND' || fitsCluster(match.cluster, passing)
  return fitsListener(match.listenerPort, passing) && (direction !== 'OUTBOUND' || fitsRoute(match.route, passing))
}

const differs = <T>(asked: T | undefined, actual: T | undefined): boolean => asked !== undefined && actual !== undefined && asked !== actual

function fitsCluster(cluster: FilterPatch['match']['cluster'], { host, port, subset }: Passing): boolean {
  if (host === undefined) return cluster.service === undefined && (cluster.name === undefined || cluster.name === 'PassthroughCluster')
  if (differs(cluster.service, host) || differs(cluster.port, port) || differs(cluster.subset, subset)) return false
  return !differs(cluster.name, port === undefined ? undefined : `outbound|${port}|${subset}|${host}`)
}

const fitsListener = (asked: number | undefined, { direction, port, podPort }: Passing): boolean =>
  direction === 'GATEWAY' || !differs(asked, direction === 'OUTBOUND' ? port : podPort)

function fitsRoute(route: FilterPatch['match']['route'], { port }: Passing): boolean {
  if (differs(route.port, port)) return false
  const numbered = route.name !== undefined && /^\d+$/.test(route.name) ? Number(route.name) : undefined
  const ofHost = /:(\d+)$/.exec(route.vhost ?? '')?.[1]
  return !differs(numbered, port) && !differs(ofHost === undefined ? undefined : Number(ofHost), port)
}

/** Proxies are of the control plane's release or of up to two before; another one's patch does not concern them. */
const mayBeVersion = (view: ControlPlaneView, asked: string | undefined): boolean => asked === undefined || mayBeOneOf(view, asked)

const mayBeOneOf = remembered(({ controlPlane: { version } }: ControlPlaneView, asked: string): boolean => {
  if (version.assumed) return true
  const [major, minor] = version.parsed
  const versions = [0, 1, 2].flatMap((back) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((patch) => `${major}.${minor - back}.${patch}`))
  return isFoundIn(versions, asked) ?? true
})

/** An extension of a gateway acts on what leaves it; at a sidecar its mode says which side. */
function acts({ matches, level }: Extension, passing: Passing): boolean {
  if (level === 'HTTP' && !passing.requests) return false
  if (matches.length === 0) return true
  const side = passing.direction === 'INBOUND' ? 'SERVER' : 'CLIENT'
  const port = passing.direction === 'INBOUND' ? passing.podPort : passing.port
  return matches.some(
    ({ mode, ports }) =>
      (mode === side || mode === 'CLIENT_AND_SERVER') && (ports.length === 0 || port === undefined || ports.includes(port)),
  )
}
