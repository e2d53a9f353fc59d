import type { Assumption } from '../../model/step.js'
import type { ServiceRoute } from '../../resources/kubernetes/service-route.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { remembered } from '../../remembered.js'

type Parent = ServiceRoute['parents'][number]

interface Attached {
  readonly route: ServiceRoute
  readonly parent: Parent
}

/**
 * Gateway API routes attached to the called Service, which its clients' proxies follow and nobody follows here (ROUTE-27).
 *
 * A route of the Service's own namespace is for all callers, one of another namespace for callers from there.
 */
export function unmodelledRoutes(view: ControlPlaneView, service: MeshService, port: MeshPort, from: string): readonly Assumption[] {
  return attachedRoutes(view, service, port, from).map(({ meta }) => ({
    code: 'GATEWAY_API_ROUTE_NOT_MODELLED',
    message: `${meta.kind} \`${meta.namespace}/${meta.name}\` routes calls to \`${service.hostname}\`; what it does is not followed`,
    because: [view.ref(meta, 'spec.parentRefs')],
  }))
}

/** The routes themselves, each once. */
export function attachedRoutes(
  view: ControlPlaneView,
  { namespace, definitions }: MeshService,
  port: MeshPort,
  from: string,
): readonly ServiceRoute[] {
  const name = definitions[0]?.service.meta.name
  const attached = name === undefined ? [] : (attachedIn(view).get(`${namespace}/${name}`) ?? [])
  return [...new Set(attached.filter(({ route, parent }) => isFor(route, namespace, from) && isAt(parent, port)).map(({ route }) => route))]
}

const isFor = ({ meta }: ServiceRoute, namespace: string, from: string): boolean => meta.namespace === namespace || meta.namespace === from

const isAt = ({ port, section }: Parent, { number, name }: MeshPort): boolean =>
  (port === undefined || port === number) && (section === undefined || section === name)

/** Routes by `namespace/name` of the Services that they are attached to. */
const attachedIn = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly Attached[]> => {
  const index = new Map<string, Attached[]>()
  for (const route of [...view.configuration.serviceRoutes.values()].flat()) {
    for (const parent of route.parents) {
      const key = `${parent.namespace}/${parent.name}`
      index.set(key, [...(index.get(key) ?? []), { route, parent }])
    }
  }
  return index
})
