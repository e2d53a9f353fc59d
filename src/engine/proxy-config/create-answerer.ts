import { pause } from '../pause.js'
import type { ProxyAnswer, ProxyTarget, ScopedHost } from '../model/proxy-config.js'
import type { Client } from '../analysis/call/call.js'
import type { RouteTarget } from '../analysis/call/stage-values.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import { scopeOf } from '../istiod/scope/scope-of.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'
import { answerTarget } from './answer-target.js'
import { inboundModes } from './inbound-modes.js'
import type { NarrowProxies } from './narrow-proxies.js'
import { namesOf } from './names-of.js'
import { routesOf } from './routes-of.js'
import { createShared } from './create-shared.js'
import { hostsOf, targetsOf } from './targets-of.js'
import { labelsAndPlaceOf, placeOf } from './place-of.js'

type Configured = Client & { readonly view: ControlPlaneView }

/**
 * Answers for the proxies of one control plane, one after the other.
 *
 * What proxies that are alike for it share is worked out once: a service in scope is the same to all that stand in one place, and most proxies of a
 * namespace differ in nothing that targets and routes look at.
 */
export const createAnswerer = (narrow: NarrowProxies): ((client: Configured) => ProxyAnswer) => {
  const hosts = createShared<readonly ScopedHost[]>()
  const targets = createShared<ProxyTarget | undefined>()
  const routes = createShared<ProxyAnswer['routes']>()
  const targetFor = (client: Configured, place: string, target: RouteTarget): ProxyTarget | undefined => {
    const { service, port, subset, rule } = target
    const own = `${place} ${port.number} ${subset} ${labelsAndPlaceOf(client, target)}`
    return targets.once([service, rule], own, () => answerTarget(client, target, narrow))
  }
  const targetsFor = (client: Configured, scope: ProxyScope): ProxyTarget[] => {
    const place = placeOf(client)
    const given: ProxyTarget[] = []
    for (const target of targetsOf(scope, client.workload)) {
      pause()
      const answer = targetFor(client, place, target)
      if (answer !== undefined) given.push(answer)
    }
    return given
  }
  return (client) => {
    const { workload } = client
    const scope = scopeOf(client)
    if (scope === undefined) throw new Error('a configured proxy has a scope')
    return narrow.proxy({
      proxy: `${workload.cluster}/${workload.namespace}/${workload.name}`,
      unknownHosts: scope.outboundMode === 'REGISTRY_ONLY' ? 'BLOCK' : 'ALLOW',
      services: [...hosts.once([scope], '', () => hostsOf(scope))],
      targets: targetsFor(client, scope),
      routes: routes.once([scope, workload.labels], '', () => routesOf(client, scope)),
      ...(workload.dnsCapture ? { names: namesOf(client, scope) } : {}),
      inbound: inboundModes(client.view, client.cluster, workload),
    })
  }
}
