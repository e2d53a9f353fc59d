import { boundGateways } from '../../../istiod/gateways/gateways-selecting.js'
import { admitsRoutes, hostsOf, type ServerOfGateway } from '../../../istiod/gateways/servers-for.js'
import { domainSuffix, qualify } from '../../../istiod/matching/hosts.js'
import type { ProxyScope } from '../../../istiod/scope/proxy-scope.js'
import { pausing } from '../../../pause.js'
import { covers } from '../../../snapshot/covers.js'
import { titleOf } from '../../../snapshot/references.js'
import { listSome } from '../../answer/list-some.js'
import type { Unattached } from './why-unattached.js'

/**
 * A VirtualService that has the host and names the Gateway, whose servers are for other hosts, or take none for it from its namespace (ROUTE-11).
 * Undefined: there is none.
 */
export function whyNotTaken({ view }: ProxyScope, servers: readonly ServerOfGateway[], hostname: string): Unattached | undefined {
  const suffix = domainSuffix(view)
  for (const { meta, hosts, gateways } of pausing([...view.configuration.virtualServices.values()].flat())) {
    const bound = new Set(boundGateways(gateways, meta.namespace))
    const own = servers.filter(({ gateway }) => bound.has(`${gateway.meta.namespace}/${gateway.meta.name}`))
    const having = hosts.map((host) => qualify(host, meta.namespace, suffix)).filter((host) => covers(host, hostname))
    if (own.length === 0 || having.length === 0) continue
    const taking = own.filter(({ server }) => hostsOf(server).some((name) => covers(name, hostname)))
    if (taking.some((one) => having.some((host) => admitsRoutes(one, host, meta.namespace)))) continue
    const why = taking.length === 0 ? tellHosts(own) : `no server there takes it from namespace \`${meta.namespace}\``
    return { message: `${titleOf(meta)} has it, and ${why}`, because: [view.ref(meta, 'spec.hosts')] }
  }
  return undefined
}

function tellHosts(servers: readonly ServerOfGateway[]): string {
  const names = [...new Set(servers.flatMap(({ server }) => server.hosts))]
  return `${servers.length === 1 ? 'the server there is' : 'the servers there are'} for ${listSome(names)} only`
}
