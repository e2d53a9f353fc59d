/**
 * What is offered to the outside: hosts of Gateway objects, and the names of the VirtualServices bound to them.
 *
 * A Gateway's `*` offers nothing by itself; the hosts of its routes do. Rules ROUTE-11, VIS-28.
 */
import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { hostsOf } from '../../istiod/gateways/servers-for.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { searchCandidates } from '../name/search-candidates.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { GatewayServer } from '../../resources/istio/gateway.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { leadsTo } from '../../istiod/virtual-services/leads-to.js'
import { remembered } from '../../remembered.js'

const viewsOf = (snapshot: Snapshot): readonly ControlPlaneView[] => [...snapshot.controlPlanes.keys()].map((name) => snapshot.view(name))

/** Names that Gateway objects and the routes bound to them spell out, wildcards among them, but not the bare `*`. */
export const explicitHosts = remembered((snapshot: Snapshot): readonly string[] => {
  const names = viewsOf(snapshot).flatMap((view) => [
    ...[...view.configuration.gateways.values()].flat().flatMap(({ servers }) => servers.filter(isForVisitors).flatMap(hostsOf)),
    ...boundToGateways(view).flatMap(({ hosts }) => hosts),
  ])
  return [...new Set(names)].filter((name) => name !== '*' && name.includes('.'))
})

/** Servers that hand Istio's own TLS on take no names of anybody outside. */
const isForVisitors = ({ tlsMode }: GatewayServer): boolean => tlsMode !== 'AUTO_PASSTHROUGH'

const boundToGateways = (view: ControlPlaneView): readonly VirtualService[] =>
  [...view.configuration.virtualServices.values()]
    .flat()
    .filter(({ gateways, meta }) => boundGateways(gateways, meta.namespace).some((name) => name !== 'mesh'))

export interface Offer {
  readonly name: string
  readonly ref: ResourceRef
}

/** The names under which routes at gateways lead to the Service that a name means inside of a cluster. */
export function offeredAs(snapshot: Snapshot, host: string): readonly Offer[] {
  const offers = viewsOf(snapshot).flatMap((view) => {
    const suffix = domainSuffix(view)
    return boundToGateways(view).flatMap((item): readonly Offer[] => {
      const wanted = new Set(searchCandidates(host, item.meta.namespace, suffix))
      return [...leadsTo(view, item)].some((to) => wanted.has(to))
        ? item.hosts.map((name) => ({ name, ref: view.ref(item.meta, 'spec.hosts') }))
        : []
    })
  })
  return [...new Map(offers.map((offer) => [offer.name, offer])).values()].slice(0, 3)
}

/** For each host the names under which routes at gateways lead to it. */
export const namesOffered = remembered((snapshot: Snapshot): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = new Map<string, Set<string>>()
  for (const view of viewsOf(snapshot)) {
    for (const item of boundToGateways(view)) {
      for (const host of leadsTo(view, item)) {
        pause()
        const known = names.get(host) ?? new Set()
        for (const name of item.hosts) known.add(name)
        names.set(host, known)
      }
    }
  }
  return names
})
