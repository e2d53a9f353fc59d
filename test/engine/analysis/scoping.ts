import { resolveName } from '#engine/analysis/name/resolve-name'
import { findInScope } from '#engine/analysis/scope/find-in-scope'
import { calling, clientOf, type Manifest, service, sidecar, valueOf, west, world } from './calling.js'

/** Who asks for what, and what the mesh says. */
interface Asked {
  readonly from?: string
  readonly host?: string
  readonly meshConfig?: Manifest
  readonly version?: string
}

/** NAME and SCOPE for a call of `shop/client`, by default to `reviews.other`. */
export const look = (objects: readonly Manifest[], { from, host = 'reviews.other', ...more }: Asked = {}) => {
  const client = clientOf(world({ clusters: { west: west(...objects) }, ...more }), from)
  const call = calling(client, host)
  return findInScope(call, valueOf(resolveName(call)), undefined)
}
/** The service that most tests hide. */
export const reviews = (annotations: Manifest = {}) => service('other/reviews', {}, annotations)
/** A Sidecar of the namespace with one egress list. */
export const egress = (...hosts: readonly string[]) => sidecar('shop/default', { egress: [{ hosts }] })
