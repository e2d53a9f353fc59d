/**
 * Which VirtualServices route calls to a service, and which lose?
 *
 * Of those for a host the first is in force in the mesh; gateways follow all that are bound to them. Rules VIS-25, VIS-27.
 */
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { leadsTo } from '../../istiod/virtual-services/leads-to.js'
import { listedFor } from '../../istiod/scope/virtual-services-for.js'
import { putOwnRoutesFirst, virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Said } from './said.js'

export function routesFor(view: ControlPlaneView, service: MeshService): readonly Said[] {
  const concern = 'ROUTES'
  const { list, ownRoutesFirst } = virtualServicesOf(view).sharedOffers(service.namespace)
  const found = listedFor(list, service.hostname, domainSuffix(view))
  const all = ownRoutesFirst ? putOwnRoutesFirst(found, service.namespace) : found
  const inMesh = all.filter(({ gateways, meta }) => boundGateways(gateways, meta.namespace).includes('mesh'))
  const [first, ...others] = inMesh
  return [
    ...(first === undefined ? [] : [routing(view, first, 'calls in the mesh', null)]),
    ...others.map((item) => {
      const by = first === undefined ? null : view.ref(first.meta)
      return {
        ...routing(view, item, 'calls in the mesh', by),
        state: 'OVERRIDDEN',
        message: 'another VirtualService for the host comes before it',
      } satisfies Said
    }),
    ...leadingHere(view, service).map(({ item, gateways }) =>
      routing(view, item, `calls that come in at \`${gateways.join('`, `')}\``, null),
    ),
  ].map((said) => ({ ...said, concern }))
}

const routing = (view: ControlPlaneView, { meta, http, tls, tcp }: VirtualService, what: string, by: ResourceRef | null): Said => {
  const count = http.length + tls.length + tcp.length
  const message = `routes ${what} by ${count} route${count === 1 ? '' : 's'}`
  return { concern: 'ROUTES', state: 'IN_FORCE', message, resource: view.ref(meta), by }
}

interface AtGateways {
  readonly item: VirtualService
  readonly gateways: readonly string[]
}

/** VirtualServices at gateways that have the service among their destinations, whatever they are for. */
const leadingHere = (view: ControlPlaneView, { hostname }: MeshService): readonly AtGateways[] => byDestination(view).get(hostname) ?? []

const byDestination = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly AtGateways[]> => {
  const found = new Map<string, AtGateways[]>()
  for (const list of view.configuration.virtualServices.values()) {
    for (const item of pausing(list)) {
      const gateways = boundGateways(item.gateways, item.meta.namespace).filter((name) => name !== 'mesh')
      if (gateways.length === 0) continue
      for (const host of leadsTo(view, item)) {
        const known = found.get(host)
        if (known === undefined) found.set(host, [{ item, gateways }])
        else known.push({ item, gateways })
      }
    }
  }
  return found
})
