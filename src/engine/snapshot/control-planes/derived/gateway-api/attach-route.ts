/**
 * Which of its parents take a route?
 *
 * A parent may mean one listener, by name or port; a listener takes hostnames that it has in common with the route, from the namespaces that it allows, and
 * kinds of its protocol. A Service or ServiceEntry, of whichever namespace, stands for calls inside of the mesh. Rules GWAPI-30, GWAPI-31, GWAPI-35, GWAPI-6.
 */
import type { GatewayRoute } from '../../../../resources/kubernetes/gateway-route.js'
import { gatewayKind, isOfMesh, listenerSetKind, type RouteParent, serviceKind } from '../../../../resources/kubernetes/route-parent.js'
import type { Meta } from '../../../../resources/meta.js'
import type { ApiObjects } from './api-objects.js'
import type { ApiParent } from './api-parents.js'
import { isOfForeignWaypoint } from './foreign-waypoint.js'
import type { Denied } from './route-fate.js'
import { meet } from './is-served-at.js'

/** One parent of a route, with the listeners that take it. */
export interface Attached {
  readonly parent: RouteParent
  /** `MESH`: it is for calls inside of the mesh. */
  readonly to: readonly ApiParent[] | 'MESH'
  /** Undefined: it is accepted. */
  readonly denied: Denied | undefined
}

/** What routes may be attached to, by `kind/namespace/name` of who carries the listeners. */
export type ParentIndex = ReadonlyMap<string, readonly ApiParent[]>

export const parentKey = ({ kind, namespace, name }: Pick<Meta, 'kind' | 'namespace' | 'name'>): string => `${kind}/${namespace}/${name}`

export function attachRoute(objects: ApiObjects, parents: ParentIndex, route: GatewayRoute): readonly Attached[] {
  return route.parents.flatMap((parent): readonly Attached[] => {
    if (isOfMesh(parent)) return toMesh(objects, parent)
    if (parent.kind !== gatewayKind && parent.kind !== listenerSetKind) return []
    const { namespace, name } = parent
    const found = parents.get(parentKey({ kind: parent.kind.slice(parent.kind.indexOf('/') + 1), namespace, name }))
    return found === undefined ? [] : [toListeners(found, parent, route)]
  })
}

/** One that another controller's waypoint serves is left to that. */
function toMesh(objects: ApiObjects, parent: RouteParent): readonly Attached[] {
  const { kind, namespace, name } = parent
  const found = kind === serviceKind ? objects.service(namespace, name) : objects.serviceEntry(namespace, name)
  if (found === undefined) {
    const message = `there is no ${kind === serviceKind ? 'Service' : 'ServiceEntry'} \`${namespace}/${name}\``
    return [{ parent, to: 'MESH', denied: { condition: 'NoMatchingParent', message } }]
  }
  return isOfForeignWaypoint(objects, found.meta) ? [] : [{ parent, to: 'MESH', denied: undefined }]
}

function toListeners(found: readonly ApiParent[], parent: RouteParent, route: GatewayRoute): Attached {
  const judged = found.map((one) => ({ one, denied: deny(one, parent, route) }))
  const taking = judged.flatMap(({ one, denied }) => (denied === undefined ? [one] : []))
  const nearest = judged.map(({ denied }) => denied).sort((a, b) => rank(b) - rank(a))[0]
  return { parent, to: taking, denied: taking.length > 0 ? undefined : (nearest ?? nobody) }
}

const nobody: Denied = { condition: 'NoMatchingParent', message: 'none of its listeners takes routes' }

const ranks = ['NoMatchingParent', 'NoMatchingListenerHostname', 'NotAllowedByListeners']
const rank = (denied: Denied | undefined): number => ranks.indexOf(denied?.condition ?? '')

function deny(
  { listener, hostname, namespaces, kinds }: ApiParent,
  { port, section }: RouteParent,
  route: GatewayRoute,
): Denied | undefined {
  const { kind, namespace } = route.meta
  if (port !== 0 && port !== listener.port) return { condition: 'NoMatchingParent', message: `it has no listener at port ${port}` }
  if (section !== '' && section !== listener.name) return { condition: 'NoMatchingParent', message: `it has no listener \`${section}\`` }
  const hosts = route.hostnames.length === 0 ? ['*'] : route.hostnames
  if (!hosts.some((host) => meet(host, hostname))) {
    const message = `no hostname of the route is one of listener \`${listener.name}\`, which takes \`${hostname}\``
    return { condition: 'NoMatchingListenerHostname', message }
  }
  if (!namespaces.includes('*') && !namespaces.includes(namespace)) {
    const others =
      listener.namespaces === 'Selector'
        ? 'namespaces with the labels of its `allowedRoutes`'
        : `its own namespace \`${namespaces.join('`, `')}\``
    const message = `listener \`${listener.name}\` takes routes of ${others} only, and this one is of \`${namespace}\``
    return { condition: 'NotAllowedByListeners', message }
  }
  if (kinds.has(kind)) return undefined
  return { condition: 'NotAllowedByListeners', message: `listener \`${listener.name}\` (\`${listener.protocol}\`) takes no ${kind}s` }
}
