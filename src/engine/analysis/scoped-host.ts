import type { ResourceRef } from '../model/resource-ref.js'
import type { MeshService } from '../snapshot/control-plane-view.js'
import { widenings } from './hosts.js'
import type { ProxyScope, ScopedService } from './proxy-scope.js'
import type { Named } from './stage-values.js'

interface Found {
  readonly service: MeshService
  readonly because: readonly ResourceRef[]
}

/** The service of the proxy's scope that the call means: by name, by a wildcard, through an alias, or by address. */
export function findScoped(named: Named, scope: ProxyScope): Found | undefined {
  if (named.resolvedBy === 'LITERAL' && named.addresses.length > 0) return findByAddress(named, scope)
  for (const name of widenings(named.hostname)) {
    const scoped = scope.services.get(name)
    if (scoped?.imported === 'EXPLICIT' && scoped.service.resolution !== 'ALIAS') return scoped
  }
  return followAlias(named.hostname, scope)
}

/** VIPs are domains of their service and addresses of its listeners; pod IPs are not (ROUTE-32). */
function findByAddress(named: Named, scope: ProxyScope): Found | undefined {
  const records = scope.view.servicesByAddress(named.call.client.workload.cluster, named.hostname)
  return records
    .map((record) => scope.services.get(record.hostname))
    .find((scoped): scoped is ScopedService => scoped?.imported === 'EXPLICIT')
}

/** An ExternalName stands for the service it ends at, and is seen where that one is (EDS-13, VIS-23). */
function followAlias(hostname: string, scope: ProxyScope): Found | undefined {
  const seen = new Set<string>()
  const because: ResourceRef[] = []
  let name: string | undefined = hostname
  while (name !== undefined && !seen.has(name)) {
    seen.add(name)
    const record: MeshService | undefined = scope.view.servicesByHost(name)[0]
    if (record === undefined) return undefined
    if (record.resolution !== 'ALIAS') {
      const scoped = scope.services.get(name)
      return scoped?.imported === 'EXPLICIT' ? { service: scoped.service, because: [...because, ...scoped.because] } : undefined
    }
    because.push(record.ref)
    name = record.externalName?.toLowerCase().replace(/\.$/, '')
  }
  return undefined
}
