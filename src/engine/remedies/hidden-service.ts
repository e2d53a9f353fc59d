import type { ResolvedCall } from '../analysis/call/call.js'
import { followToRoute } from '../analysis/follow-to-route.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import { holdsRecord } from '../istiod/scope/listened-at.js'
import { scopeOf } from '../istiod/scope/scope-of.js'
import type { MeshService } from '../snapshot/services/mesh-service.js'
import type { Situation } from './situation.js'

/** A service of the client's control plane that the client's proxy is not given. */
export interface HiddenService {
  readonly call: ResolvedCall
  readonly scope: ProxyScope
  readonly service: MeshService
  readonly reason: string
}

/** With its listeners, and not only since a route leads to it (VIS-21). */
function isGiven({ services }: ProxyScope, service: MeshService): boolean {
  const scoped = services.get(service.hostname)
  return scoped?.imported !== 'IMPLICIT' && holdsRecord(scoped, service)
}

/** The service that exportTo or a Sidecar keeps from one of the clients. */
export const findHidden = ({ calls, question }: Situation): HiddenService | undefined => {
  for (const call of calls) {
    const { named } = followToRoute(call, question.to.port ?? undefined)
    const scope = scopeOf(call.client)
    if (named === undefined || scope === undefined) continue
    const service = scope.view.servicesByHost(named.hostname)[0]
    if (service === undefined || isGiven(scope, service)) continue
    return { call, scope, service, reason: scope.whyHidden(service).reason }
  }
  return undefined
}
