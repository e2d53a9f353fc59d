import type { ResolvedCall } from '#engine/analysis/call/call'
import { resolveName } from '#engine/analysis/name/resolve-name'
import { chooseRoute } from '#engine/analysis/route/choose-route'
import { portsOf } from '#engine/analysis/route/ports-of'
import { findInScope } from '#engine/analysis/scope/find-in-scope'
import { calling, clientOf, destinationRule, type Manifest, service, valueOf, virtualService, west, world } from './calling.js'

/** Who calls what, with which attributes, and what the mesh says. */
interface Asked {
  readonly host?: string
  readonly port?: number
  readonly from?: string
  readonly ask?: Partial<ResolvedCall['attributes']>
  readonly meshConfig?: Manifest
  readonly cluster?: Manifest
}

/** NAME and SCOPE for a call of `shop/client`, by default to `reviews`. */
const scoped = (objects: readonly Manifest[], { host = 'reviews', from, ask, meshConfig, cluster, port }: Asked = {}) => {
  const more = { ...(meshConfig && { meshConfig }), ...(cluster && { cluster }) }
  const client = clientOf(
    world({ clusters: { west: west(service('shop/reviews'), service('shop/ratings', { clusterIP: '10.0.0.8' }), ...objects) }, ...more }),
    from,
  )
  const call = calling(client, host, ask)
  const named = valueOf(resolveName(call))
  return { call, named, inScope: valueOf(findInScope(call, named, port)) }
}
export const choose = (objects: readonly Manifest[], asked: Asked = {}) => {
  const { call, named, inScope } = scoped(objects, asked)
  return chooseRoute(call, named, inScope, asked.port ?? 80)
}
/** ROUTE for a call whose name resolves and is in scope. */
export const routeOf = (call: ResolvedCall, port: number) => {
  const named = valueOf(resolveName(call))
  return chooseRoute(call, named, valueOf(findInScope(call, named, port)), port)
}
/** Ports that a question without one means. */
export const portsAsked = (objects: readonly Manifest[], asked: Asked = {}) => {
  const { call, named, inScope } = scoped(objects, asked)
  return portsOf(call.client, named, inScope)
}
/** `host:port/subset share` of every target, alternatives apart. */
export const targets = (outcome: ReturnType<typeof choose>) =>
  valueOf(outcome).alternatives.map(({ targets: list, ends }) =>
    ends === undefined
      ? list.map(({ service: { hostname }, port, subset, share }) => `${hostname.split('.')[0]}:${port.number}/${subset} ${share}`)
      : ends.reason,
  )

/** One destination of a route. */
export const to = (host: string, more: Manifest = {}, weight?: number): Manifest => ({
  destination: { host, ...more },
  ...(weight === undefined ? {} : { weight }),
})
/** A VirtualService for `reviews`. */
export const http = (...routes: readonly Manifest[]) => virtualService('shop/vs', { hosts: ['reviews'], http: routes })
export const subsetRule = destinationRule('shop/reviews', {
  host: 'reviews',
  subsets: [
    { name: 'v1', labels: { version: 'v1' } },
    { name: 'v2', labels: {} },
  ],
})
