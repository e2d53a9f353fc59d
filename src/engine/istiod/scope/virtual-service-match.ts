import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { domainsOver, domainSuffix, qualify, widenings, type Wildcards, wildcardsAmong } from '../matching/hosts.js'
import type { ProxyScope } from './proxy-scope.js'

interface ByHost {
  readonly hosts: ReadonlyMap<string, readonly VirtualService[]>
  readonly wildcards: Wildcards
}

const indexes = new WeakMap<readonly VirtualService[], ByHost>()

function indexOf(scope: ProxyScope): ByHost {
  const list = scope.virtualServices
  let index = indexes.get(list)
  if (index === undefined) {
    const byHost = new Map<string, VirtualService[]>()
    const suffix = domainSuffix(scope.view)
    for (const item of list) {
      for (const written of item.hosts) {
        const host = qualify(written, item.meta.namespace, suffix)
        const known = byHost.get(host)
        if (known === undefined) byHost.set(host, [item])
        else known.push(item)
      }
    }
    index = { hosts: byHost, wildcards: wildcardsAmong(byHost.keys()) }
    indexes.set(list, index)
  }
  return index
}

/** VirtualServices for a host, grouped: those of its exact name, then each wildcard's, the most specific first (ROUTE-1, VIS-28). */
export function virtualServicesFor(scope: ProxyScope, host: string): readonly (readonly VirtualService[])[] {
  const { hosts, wildcards } = indexOf(scope)
  return widenings(host, wildcards).flatMap((name) => {
    const group = hosts.get(name)
    return group === undefined ? [] : [group]
  })
}

/** The VirtualService that makes a proxy know a host which is no service: only a host of its own, or a wildcard narrower than `*` (ROUTE-1). */
export function hasRoutesFor(scope: ProxyScope, host: string): VirtualService | undefined {
  const { hosts, wildcards } = indexOf(scope)
  const names = domainsOver(host, wildcards).filter((name) => name !== '*')
  return names.flatMap((name) => hosts.get(name) ?? [])[0]
}
