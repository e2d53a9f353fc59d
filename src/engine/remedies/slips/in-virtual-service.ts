import type { ResourceRef } from '../../model/resource-ref.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { isMisspelled } from '../../istiod/matching/nearest-names.js'
import type { RouteDestination, VirtualService } from '../../resources/istio/virtual-service.js'
import { changeObject } from '../../simulate/change-object.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { ConfigView } from '../config-view.js'
import { patchValues, type Proposal } from '../proposal.js'
import { hostsMeant, mostMeant, onlyPort } from './hosts-meant.js'
import { replacedAt } from './replaced-at.js'

interface Better {
  readonly field: 'host' | 'subset' | 'port.number'
  readonly value: string | number
  readonly changed: RouteDestination
}

/** What the destination may have meant, where it means nothing. Rules ROUTE-5, EDS-27, MODEL-19. */
function betterFor(view: ControlPlaneView, destination: RouteDestination, namespace: string): readonly Better[] {
  const host = qualify(destination.host, namespace, domainSuffix(view))
  const [service] = view.servicesByHost(host)
  if (service === undefined)
    return hostsMeant(view, host).map((value) => ({ field: 'host', value, changed: { ...destination, host: value } }))
  const { port } = destination
  if (port === undefined || service.ports.some(({ number }) => number === port)) return betterSubsets(view, destination, host)
  const value = onlyPort(service.ports, port)
  return value === undefined ? [] : [{ field: 'port.number', value, changed: { ...destination, port: value } }]
}

function betterSubsets(view: ControlPlaneView, destination: RouteDestination, host: string): readonly Better[] {
  const { subset } = destination
  const defined = new Set(rulesOver(view, host).flatMap(({ subsets }) => subsets.map(({ name }) => name)))
  if (subset === '' || defined.has(subset)) return []
  return [...defined]
    .filter((name) => isMisspelled(subset, name))
    .slice(0, mostMeant)
    .map((value) => ({ field: 'subset', value, changed: { ...destination, subset: value } }))
}

/** `spec.http[1].route[0]`, of whichever kind the route is. */
const placeOfDestination = /^spec\.(http|tls|tcp)\[(\d+)\]\.route\[(\d+)\]$/u

type List = 'http' | 'tls' | 'tcp'

interface Place {
  readonly list: List
  readonly route: number
  readonly at: number
}

function placeIn(path: string | null): Place | undefined {
  const [, list, route, at] = placeOfDestination.exec(path ?? '') ?? []
  return list === undefined ? undefined : { list: list as List, route: Number(route), at: Number(at) }
}

export function inVirtualService({ view, cluster }: ConfigView, ref: ResourceRef): readonly Proposal[] {
  const place = placeIn(ref.path)
  const item = view.configuration.virtualServices.get(ref.namespace ?? '')?.find(({ meta }) => meta.name === ref.name)
  const destination = place === undefined ? undefined : item?.[place.list][place.route]?.route[place.at]
  if (item === undefined || place === undefined || destination === undefined) return []
  return betterFor(view, destination, item.meta.namespace).map(({ field, value, changed }) => {
    const summary = `let VirtualService \`${ref.namespace}/${ref.name}\` lead to ${field.split('.')[0]} \`${value}\`, which is there; nothing else of it changes`
    const path = `${ref.path}.destination.${field}`
    return patchValues(summary, cluster, item.meta, [{ path, value }], (resources) =>
      changeObject(resources, 'virtualServices', item, (object) => leadingTo(object, place, changed)),
    )
  })
}

function leadingTo(item: VirtualService, { list, route, at }: Place, changed: RouteDestination): VirtualService {
  const withChanged = <R extends { readonly route: readonly RouteDestination[] }>(routes: readonly R[]): readonly R[] =>
    replacedAt(routes, route, (one) => ({ ...one, route: replacedAt(one.route, at, () => changed) }))
  return list === 'http' ? { ...item, http: withChanged(item.http) } : { ...item, [list]: withChanged(item[list]) }
}
