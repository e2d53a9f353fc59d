import type { ProxyAnswer, ScopedHost } from '../model/proxy-config.js'
import type { Client } from '../analysis/call/call.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import { scopeOf } from '../istiod/scope/scope-of.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'

/** Answers for the proxies of one control plane; what proxies of one scope share is worked out once. */
export const createAnswerer = (_view: ControlPlaneView): ((client: Client) => ProxyAnswer) => {
  const hosts = new Map<ProxyScope, readonly ScopedHost[]>()
  return (client) => {
    const { workload } = client
    const scope = scopeOf(client)
    if (scope === undefined) throw new Error('a configured proxy has a scope')
    const services = hosts.get(scope) ?? hostsOf(scope)
    hosts.set(scope, services)
    return {
      proxy: `${workload.cluster}/${workload.namespace}/${workload.name}`,
      unknownHosts: scope.outboundMode === 'REGISTRY_ONLY' ? 'BLOCK' : 'ALLOW',
      services: [...services],
      targets: [],
      routes: {},
      ...(workload.dnsCapture ? { names: {} } : {}),
      inbound: {},
    }
  }
}

const hostsOf = (scope: ProxyScope): readonly ScopedHost[] =>
  [...scope.services.values()].map(({ service, ports }) => ({
    host: service.hostname,
    namespace: service.namespace,
    ports: ports.toSorted((a, b) => a - b),
  }))
