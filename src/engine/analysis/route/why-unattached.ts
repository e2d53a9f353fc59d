import type { ResourceRef } from '../../model/resource-ref.js'
import { overlaps } from '../../snapshot/covers.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { RouteFate } from '../../snapshot/control-planes/derived/gateway-api/route-fate.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** What is said of a route that is meant for the host and is not there. */
export interface Unattached {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/**
 * A route of the Gateway API that names one of these Gateways and has the host, and why it is not bound to it: its parent does not take it, or a mistake takes
 * all of its rules away. Undefined: there is none. Rules GWAPI-6, GWAPI-31, GWAPI-42.
 */
export function whyUnattached(view: ControlPlaneView, gateways: readonly Gateway[], host: string): Unattached | undefined {
  const names = new Set(gateways.flatMap(({ meta: { origin } }) => (origin === undefined ? [] : [`${origin.namespace}/${origin.name}`])))
  if (names.size === 0) return undefined
  for (const fate of view.routeFates) {
    if (!isMeant(fate, names, host)) continue
    const { meta } = fate.route
    const name = `${meta.kind} \`${meta.namespace}/${meta.name}\``
    const [denied] = fate.denied.filter(({ parent }) => names.has(`${parent.namespace}/${parent.name}`))
    if (denied !== undefined) {
      const message = `${name} is not attached, as ${denied.denied.message}`
      return { message, because: [view.ref(meta, `spec.parentRefs[${denied.parent.position}]`)] }
    }
    const [error] = fate.errors
    if (error !== undefined) return { message: `none of the rules of ${name} counts, as ${error}`, because: [view.ref(meta, 'spec.rules')] }
  }
  return undefined
}

const isMeant = ({ route }: RouteFate, names: ReadonlySet<string>, host: string): boolean =>
  route.parents.some(({ namespace, name }) => names.has(`${namespace}/${name}`)) &&
  (route.hostnames.length === 0 || route.hostnames.some((one) => overlaps(one, host)))
