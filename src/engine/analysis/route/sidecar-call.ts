import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ResolvedCall } from '../call/call.js'
import type { Named } from '../call/stage-values.js'
import type { RoutingProxy } from './concerns-proxy.js'
import type { RoutingContext } from './find-target.js'

/** A sidecar's call to a service of its scope. */
export interface SidecarCall {
  readonly call: ResolvedCall
  readonly named: Named
  readonly scope: ProxyScope
  readonly service: MeshService
  readonly port: MeshPort
  readonly proxy: RoutingProxy
  readonly context: RoutingContext
}
