import { boundGateways } from '../../../istiod/gateways/gateways-selecting.js'
import { isBoundTo } from '../../../istiod/gateways/is-bound-to.js'
import type { LeftOut } from '../../../istiod/gateways/merged-servers.js'
import { routingKind, type ServerOfGateway } from '../../../istiod/gateways/servers-for.js'
import { domainSuffix, qualify } from '../../../istiod/matching/hosts.js'
import type { ProxyScope } from '../../../istiod/scope/proxy-scope.js'
import type { VirtualService } from '../../../resources/istio/virtual-service.js'
import { pausing } from '../../../pause.js'
import { covers } from '../../../snapshot/covers.js'
import type { ControlPlaneView } from '../../../snapshot/snapshot.js'
import { titleOf } from '../../../snapshot/references.js'
import type { Unattached } from './why-unattached.js'

/** What a server reads, and so the routes that it has a use for. */
const reading = {
  http: 'takes `http` routes alone',
  tls: 'takes `tls` routes alone, by the server name',
  tcp: 'takes `tcp` routes alone',
  sni: 'takes no routes',
} as const

/**
 * A VirtualService that has the host, and whose routes are of no use to the servers that take it: of another kind, or bound to a Gateway whose own
 * server is left out (ROUTE-9, ROUTE-12). Undefined: there is none.
 */
export function whyMisbound(
  { view }: ProxyScope,
  { taking, leftOut }: { readonly taking: readonly ServerOfGateway[]; readonly leftOut: readonly LeftOut[] },
  hostname: string,
): Unattached | undefined {
  const having = [...virtualServicesWith(view, hostname)]
  const [first] = taking
  const other = having.find((item) => isBoundTo(view, item, taking))
  if (first !== undefined && other !== undefined) {
    const message = `${titleOf(other.meta)} has it, and the server ${reading[routingKind(first.server)]}`
    return { message, because: [view.ref(other.meta)] }
  }
  for (const item of pausing(having)) {
    const names = boundGateways(item.gateways, item.meta.namespace)
    const lost = leftOut.find(
      ({ gateway: { meta }, by }) => names.includes(`${meta.namespace}/${meta.name}`) && taking.some(({ server }) => server === by.server),
    )
    if (lost === undefined) continue
    const message = `${titleOf(item.meta)} has it for ${titleOf(lost.gateway.meta)}, whose server is left out, as ${titleOf(lost.by.gateway.meta)} came first`
    return { message, because: [view.ref(item.meta, 'spec.gateways'), view.ref(lost.gateway.meta, `spec.servers[${lost.position}]`)] }
  }
  return undefined
}

function* virtualServicesWith(view: ControlPlaneView, hostname: string): Generator<VirtualService> {
  const suffix = domainSuffix(view)
  for (const list of view.configuration.virtualServices.values()) {
    for (const item of pausing(list)) {
      for (const host of pausing(item.hosts)) {
        if (!covers(qualify(host, item.meta.namespace, suffix), hostname)) continue
        yield item
        break
      }
    }
  }
}
