import type { ResourceRef } from '../../../model/resource-ref.js'
import { overlaps } from '../../../snapshot/covers.js'
import type { Gateway } from '../../../resources/istio/gateway.js'
import type { GatewayRoute } from '../../../resources/kubernetes/gateway-route.js'
import { gatewayKind, type RouteParent } from '../../../resources/kubernetes/route-parent.js'
import type { RouteFate } from '../../../snapshot/control-planes/derived/gateway-api/route-fate.js'
import type { ControlPlaneView } from '../../../snapshot/snapshot.js'

/** What is said of a route that is meant for the host and is not there. */
export interface Unattached {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/**
 * A route of the Gateway API that names one of these Gateways and has the host, and why it is not bound to it: its parent does not take it, or a mistake takes
 * all of its rules away; or one for the host whose Gateway is not there. Undefined: there is none. Rules GWAPI-6, GWAPI-30, GWAPI-31, GWAPI-42.
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
  return withoutParent(view, names, host)
}

/** A parent without namespace is one of the route’s own, which people take for the gateway’s: nobody is there (GWAPI-30). */
function withoutParent(view: ControlPlaneView, names: ReadonlySet<string>, host: string): Unattached | undefined {
  const ownNames = new Set([...names].map((name) => name.slice(name.indexOf('/') + 1)))
  const isMissing = ({ kind, namespace, name }: RouteParent): boolean =>
    kind === gatewayKind && view.configCluster?.resources.kubernetesGateways.get(namespace)?.some(({ meta }) => meta.name === name) !== true
  for (const { route } of view.routeFates) {
    const { meta, hostnames } = route
    const parent = takes(route, host) ? route.parents.find(isMissing) : undefined
    if (parent === undefined || (hostnames.length === 0 && !ownNames.has(parent.name))) continue
    const message = `${meta.kind} \`${meta.namespace}/${meta.name}\` is for Gateway \`${parent.namespace}/${parent.name}\`, which does not exist`
    return { message, because: [view.ref(meta, `spec.parentRefs[${parent.position}]`)] }
  }
  return undefined
}

const takes = ({ hostnames }: GatewayRoute, host: string): boolean => hostnames.length === 0 || hostnames.some((one) => overlaps(one, host))

const isMeant = ({ route }: RouteFate, names: ReadonlySet<string>, host: string): boolean =>
  route.parents.some(({ namespace, name }) => names.has(`${namespace}/${name}`)) && takes(route, host)
