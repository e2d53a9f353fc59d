import { remembered } from '../../remembered.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { domainSuffix, qualify } from '../matching/hosts.js'
import { virtualServicesOf } from './virtual-service-index.js'

/** Every host to which some route of the VirtualService sends traffic: requests, those of its delegates included, and connections (MODEL-19). */
export const leadsTo = remembered((view: ControlPlaneView, item: VirtualService): ReadonlySet<string> => {
  const suffix = domainSuffix(view)
  const ofRequests = virtualServicesOf(view)
    .routesOf(item)
    // A delegate's short names belong to the delegate's own namespace.
    .flatMap(({ route, owner }) => route.route.map((to) => qualify(to.host, owner.namespace, suffix)))
  const ofConnections = [...item.tls, ...item.tcp].flatMap(({ route }) => route.map((to) => qualify(to.host, item.meta.namespace, suffix)))
  return new Set([...ofRequests, ...ofConnections])
})
