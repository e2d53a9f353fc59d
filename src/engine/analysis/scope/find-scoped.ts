import type { ResourceRef } from '../../model/resource-ref.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { egressListeners } from '../../istiod/scope/egress-listeners.js'
import { domainsOver, domainSuffix, serviceWildcards } from '../../istiod/matching/hosts.js'
import { namesPodOf } from '../../snapshot/services/service-names.js'
import type { ProxyScope, ScopedService } from '../../istiod/scope/proxy-scope.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Client } from '../call/call.js'
import type { Named } from '../call/stage-values.js'

interface MeantService {
  readonly service: MeshService
  readonly because: readonly ResourceRef[]
}

/** The service of the proxy's scope that the call means: by name, by a wildcard, through an alias, or by address. */
export function findScoped(client: Client, named: Named, scope: ProxyScope): MeantService | undefined {
  if (named.resolvedBy === 'LITERAL' && named.addresses.length > 0) return findByAddress(client, named, scope)
  for (const name of domainsOver(named.hostname, serviceWildcards(scope.view))) {
    const scoped = scope.services.get(name)
    if (scoped?.imported === 'EXPLICIT' && scoped.service.resolution !== 'ALIAS') return scoped
  }
  return findByPodName(named, scope) ?? followAlias(named.hostname, scope)
}

/** A pod's own name is one of its headless service's: a wildcard domain of its routes, an address of its listeners (DNS-4, ROUTE-32). */
function findByPodName({ hostname }: Named, scope: ProxyScope): MeantService | undefined {
  const scoped = scope.services.get(hostname.slice(hostname.indexOf('.') + 1))
  return scoped?.imported === 'EXPLICIT' && namesPodOf(hostname, scoped.service) ? scoped : undefined
}

/** VIPs are domains of their service and addresses of its listeners; of pod IPs only headless services listen to (ROUTE-32). */
function findByAddress({ workload }: Client, named: Named, scope: ProxyScope): MeantService | undefined {
  const records = scope.view.servicesByAddress(workload.cluster, named.hostname)
  const held = records.find((record) => scope.services.get(record.hostname)?.listening.some((one) => one.record === record))
  if (records.length > 0) return held === undefined ? undefined : scope.services.get(held.hostname)
  const scoped = headlessHosts(scope, named.hostname).map((host) => scope.services.get(host))
  return scoped.find((one): one is ScopedService => one?.imported === 'EXPLICIT')
}

/** Headless services that select the instance with this address, in whichever visible cluster it runs (EDS-14). */
function headlessHosts({ view }: ProxyScope, address: string): readonly string[] {
  for (const cluster of view.clusters) {
    const instance = cluster.workloadByIp(address)
    if (instance === undefined) continue
    const services = (cluster.resources.services.get(instance.namespace) ?? []).filter((service) => {
      return service.headless && service.selector !== undefined && selectorMatches(service.selector, instance.labels)
    })
    return services.map(({ meta }) => `${meta.name}.${meta.namespace}.svc.${domainSuffix(view)}`)
  }
  return []
}

/** An ExternalName stands for the service it ends at, and is seen where that one is (EDS-13, VIS-23). */
function followAlias(hostname: string, scope: ProxyScope): MeantService | undefined {
  const seen = new Set<string>()
  const because: ResourceRef[] = []
  let name: string | undefined = hostname
  while (name !== undefined && !seen.has(name)) {
    seen.add(name)
    const record: MeshService | undefined = scope.view.servicesByHost(name)[0]
    if (record === undefined) return undefined
    if (record.resolution !== 'ALIAS') {
      const scoped = scope.services.get(name)
      if (!importsAlias(scope, hostname, record.namespace)) return undefined
      return scoped?.imported === 'EXPLICIT' ? { service: scoped.service, because: [...because, ...scoped.because] } : undefined
    }
    because.push(record.ref)
    name = record.externalName?.toLowerCase().replace(/\.$/, '')
  }
  return undefined
}

/** A Sidecar lists the alias under the namespace of the service it stands for, not under its own (VIS-23). */
function importsAlias({ view, namespace, sidecar }: ProxyScope, alias: string, owner: string): boolean {
  if (sidecar === undefined || sidecar.egress.length === 0) return true
  return egressListeners(view, sidecar, namespace).some((listener) => listener.imports(owner, alias))
}
