import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { domainSuffix, qualify } from '../matching/hosts.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { boundGateways } from './gateways-selecting.js'
import { admitsRoutes, type ServerOfGateway } from './servers-for.js'

/** Has the VirtualService a place at one of the servers: does it name their Gateway, and has it a host that they take (ROUTE-11)? */
export function isBoundTo(view: ControlPlaneView, { hosts, gateways, meta }: VirtualService, servers: readonly ServerOfGateway[]): boolean {
  const names = boundGateways(gateways, meta.namespace)
  const suffix = domainSuffix(view)
  return servers.some(
    (bound) =>
      names.includes(`${bound.gateway.meta.namespace}/${bound.gateway.meta.name}`) &&
      hosts.some((host) => admitsRoutes(bound, qualify(host, meta.namespace, suffix), meta.namespace)),
  )
}
