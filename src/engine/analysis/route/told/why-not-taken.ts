import { admitsRoutes, type ServerOfGateway } from '../../../istiod/gateways/servers-for.js'
import { boundGateways } from '../../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../../istiod/matching/hosts.js'
import type { ProxyScope } from '../../../istiod/scope/proxy-scope.js'
import { covers } from '../../../snapshot/covers.js'
import type { Unattached } from './why-unattached.js'

/** A VirtualService that has the host and names the Gateway, whose servers take none for it from its namespace (ROUTE-11). Undefined: there is none. */
export function whyNotTaken({ view }: ProxyScope, servers: readonly ServerOfGateway[], hostname: string): Unattached | undefined {
  const suffix = domainSuffix(view)
  for (const { meta, hosts, gateways } of [...view.configuration.virtualServices.values()].flat()) {
    const bound = new Set(boundGateways(gateways, meta.namespace))
    const own = servers.filter(({ gateway }) => bound.has(`${gateway.meta.namespace}/${gateway.meta.name}`))
    const having = hosts.map((host) => qualify(host, meta.namespace, suffix)).filter((host) => covers(host, hostname))
    if (own.length === 0 || having.length === 0) continue
    if (own.some((one) => having.some((host) => admitsRoutes(one, host, meta.namespace)))) continue
    const message = `VirtualService \`${meta.namespace}/${meta.name}\` has it, and no server there takes it from namespace \`${meta.namespace}\``
    return { message, because: [view.ref(meta, 'spec.hosts')] }
  }
  return undefined
}
