/**
 * Which routes of the Gateway API are attached to a service, or meant to be, and which of them act on the calls of this client?
 *
 * Requests follow routes of the client's namespace, or else of the service's; the first stands alone. A waypoint heeds those of its own namespace and of the
 * service's, ztunnel none. Rules GWAPI-6, GWAPI-42, GWAPI-57 … GWAPI-60, GWAPI-63, GWAPI-68, AMB-48.
 */
import type { VisibleRoute } from '../../model/visibility.js'
import { remembered } from '../../remembered.js'
import { isOfMesh, serviceKind } from '../../resources/kubernetes/route-parent.js'
import { serviceBinding } from '../../istiod/ambient/binding.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { virtualServicesOver } from '../../istiod/scope/virtual-services-for.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import type { RouteFate } from '../../snapshot/control-planes/derived/gateway-api/route-fate.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { type Author, authorsOf, nameAll } from '../route/choose-http.js'
import { forProxy } from '../route/concerns-proxy.js'

/** By what they name as their parent. */
const byParent = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly RouteFate[]> => {
  const found = new Map<string, RouteFate[]>()
  for (const fate of view.routeFates) {
    const keys = new Set(fate.route.parents.filter(isOfMesh).map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`))
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), fate])
  }
  return found
})

function fatesOf(view: ControlPlaneView, { entry, definitions }: MeshService): readonly RouteFate[] {
  const own = entry?.meta ?? definitions[0]?.service.meta
  if (own === undefined || view.routeFates.length === 0) return []
  const kind = entry === undefined ? serviceKind : 'networking.istio.io/ServiceEntry'
  return byParent(view).get(`${kind}/${own.namespace}/${own.name}`) ?? []
}

type Judged = Pick<VisibleRoute, 'applies' | 'message'> & { readonly by?: readonly Author[] }

/** Whose routes decide about requests to a service, at each of its ports. */
interface Winners {
  readonly metas: ReadonlySet<Author['meta']>
  readonly authors: readonly Author[]
}

export function routesAttached(client: Client, scope: ProxyScope | undefined, service: MeshService): VisibleRoute[] {
  const { view } = client
  if (view === undefined) return []
  return fatesOf(view, service).map((fate) => {
    const { by = [], applies, message } = refused(fate, service) ?? judge(client, view, scope, service, fate)
    return { route: view.ref(fate.route.meta), applies, message, because: by.map(({ meta }) => view.ref(meta)) }
  })
}

const no = (message: string, by: readonly Author[] = []): Judged => ({ applies: false, message, by })
const yes = (message: string, by: readonly Author[] = []): Judged => ({ applies: true, message, by })

/** What keeps it from being a route of the service for anybody. */
function refused({ route, denied, errors }: RouteFate, { entry, definitions, namespace }: MeshService): Judged | undefined {
  const name = (entry?.meta ?? definitions[0]?.service.meta)?.name
  const parents = route.parents.filter((one) => isOfMesh(one) && one.namespace === namespace && one.name === name)
  const refusals = denied.filter(({ parent }) => parents.some(({ position }) => position === parent.position))
  const [first] = refusals
  if (first !== undefined && refusals.length === parents.length) return no(`it is not attached: ${first.denied.message}`)
  const [error] = errors
  return error === undefined ? undefined : no(`none of its rules counts: ${error}`)
}

const routesRequests = ({ route }: RouteFate): boolean => route.meta.kind === 'HTTPRoute' || route.meta.kind === 'GRPCRoute'

function judge(client: Client, view: ControlPlaneView, scope: ProxyScope | undefined, service: MeshService, fate: RouteFate): Judged {
  const { dataPlane } = client.workload
  if (dataPlane === 'AMBIENT') return atWaypoint(view, service, fate)
  if (dataPlane === 'GATEWAY') return no('a gateway heeds the routes that are attached to it, and none of services')
  if (scope === undefined) return no('the client has no proxy that would heed it')
  const { namespace } = fate.route.meta
  if (!routesRequests(fate)) return yes('the client’s proxy routes connections by it, unless an older route does')
  if (namespace !== scope.namespace && namespace !== service.namespace)
    return no('it is neither of the service’s namespace nor of the client’s: requests do not follow it')
  const { metas, authors: by } = winnersOf(scope, service)
  if (metas.has(fate.route.meta)) return yes('the client’s proxy routes requests by it')
  if (by.length === 0) return no('the client’s proxy is not given it')
  return no(`the client’s proxy routes requests by ${nameAll(by)} in its place: routes of one host are not put together`, by)
}

/** A service may have thousands of routes, each of which asks for the same. */
const winnersOf = remembered((scope: ProxyScope, service: MeshService): Winners => {
  const authors = [...new Set(service.ports.flatMap((port) => winnersAt(scope, service, port)))]
  return { authors, metas: new Set(authors.map(({ meta }) => meta)) }
})

/** Whose routes decide about requests to the port: the first that have any. */
function winnersAt(scope: ProxyScope, { hostname }: MeshService, { number }: MeshPort): readonly Author[] {
  const index = virtualServicesOf(scope.view)
  const proxy = { labels: {}, namespace: scope.namespace, gateways: ['mesh'], port: number }
  for (const item of virtualServicesOver(scope, hostname, number)) {
    const routes = index.routesOf(item).flatMap((placed) => forProxy(placed, proxy))
    if (routes.length > 0) return authorsOf([item], routes)
  }
  return []
}

function atWaypoint(view: ControlPlaneView, service: MeshService, { route }: RouteFate): Judged {
  const [front] = serviceBinding(view, service).bound
  if (front === undefined) return no('ztunnel heeds no routes, and no waypoint stands in front of the service')
  const { meta } = front.waypoint.gateway
  const { namespace, name } = meta
  const where = `waypoint \`${namespace}/${name}\``
  return route.meta.namespace === namespace || route.meta.namespace === service.namespace
    ? yes(`${where} routes by it`, [{ meta }])
    : no(`${where} heeds routes of its own namespace and of the service’s alone`, [{ meta }])
}
