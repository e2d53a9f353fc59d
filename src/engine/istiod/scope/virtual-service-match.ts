import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { domainsOver, domainSuffix, qualify, widenings, type Wildcards, wildcardsAmong } from '../matching/hosts.js'
import type { ProxyScope } from './proxy-scope.js'
import { remembered } from '../../remembered.js'

interface ByHost {
  readonly hosts: ReadonlyMap<string, readonly VirtualService[]>
  readonly wildcards: Wildcards
}

const indexOf = ({ virtualServices, view }: ProxyScope): ByHost => indexByHost(virtualServices, domainSuffix(view))

/** Proxies that have the same VirtualServices share one list, and its index. */
const indexByHost = remembered((list: readonly VirtualService[], suffix: string): ByHost => {
  const hosts = new Map<string, VirtualService[]>()
  for (const item of list) {
    for (const written of item.hosts) {
      const host = qualify(written, item.meta.namespace, suffix)
      const known = hosts.get(host)
      if (known === undefined) hosts.set(host, [item])
      else known.push(item)
    }
  }
  return { hosts, wildcards: wildcardsAmong(hosts.keys()) }
})

/** VirtualServices for a host, grouped: those of its exact name, then each wildcard's, the most specific first (ROUTE-1, VIS-28). */
export function virtualServicesFor(scope: ProxyScope, host: string): readonly (readonly VirtualService[])[] {
  const { hosts, wildcards } = indexOf(scope)
  return widenings(host, wildcards).flatMap((name) => {
    const group = hosts.get(name)
    return group === undefined ? [] : [group]
  })
}

/**
 * The VirtualService that makes a proxy know a host which is no service: a host of its own, or a wildcard. `*` is a virtual host of its own at a
 * gateway; at a sidecar it would take the place of the outbound policy, and istiod leaves it out (ROUTE-1, ROUTE-11).
 */
export function hasRoutesFor(scope: ProxyScope, host: string, atGateway: boolean): VirtualService | undefined {
  const { hosts, wildcards } = indexOf(scope)
  const names = domainsOver(host, wildcards).filter((name) => atGateway || name !== '*')
  return names.flatMap((name) => hosts.get(name) ?? [])[0]
}
