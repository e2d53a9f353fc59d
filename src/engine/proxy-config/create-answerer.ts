import type { ProxyAnswer, ProxyTarget, ScopedHost } from '../model/proxy-config.js'
import type { Client } from '../analysis/call/call.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import { scopeOf } from '../istiod/scope/scope-of.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'
import { answerTarget } from './answer-target.js'
import { inboundModes } from './inbound-modes.js'
import { namesOf } from './names-of.js'
import { routesOf } from './routes-of.js'
import { hostsOf, targetsOf } from './targets-of.js'

type Configured = Client & { readonly view: ControlPlaneView }

/** Answers for the proxies of one control plane; what proxies of one scope share is worked out once. */
export const createAnswerer = (): ((client: Configured) => ProxyAnswer) => {
  const hosts = new Map<ProxyScope, readonly ScopedHost[]>()
  return (client) => {
    const { workload } = client
    const scope = scopeOf(client)
    if (scope === undefined) throw new Error('a configured proxy has a scope')
    const services = hosts.get(scope) ?? hostsOf(scope)
    hosts.set(scope, services)
    const targets: ProxyTarget[] = []
    for (const target of targetsOf(scope, workload)) {
      const answer = answerTarget(client, target)
      if (answer !== undefined) targets.push(answer)
    }
    return {
      proxy: `${workload.cluster}/${workload.namespace}/${workload.name}`,
      unknownHosts: scope.outboundMode === 'REGISTRY_ONLY' ? 'BLOCK' : 'ALLOW',
      services: [...services],
      targets,
      routes: routesOf(client, scope),
      ...(workload.dnsCapture ? { names: namesOf(client, scope) } : {}),
      inbound: inboundModes(client.view, client.cluster, workload),
    }
  }
}
