import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { ProxyConfig, ScopedPolicy, ServiceRoute } from '../../resources/cluster-objects.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'

/** Istio objects of the config cluster that this control plane reads: filtered by revision and discovery selectors (MODEL-6, MODEL-16, MODEL-18). */
export interface IstioConfiguration {
  readonly virtualServices: ByNamespace<VirtualService>
  readonly destinationRules: ByNamespace<DestinationRule>
  readonly sidecars: ByNamespace<Sidecar>
  readonly gateways: ByNamespace<Gateway>
  readonly serviceEntries: ByNamespace<ServiceEntry>
  readonly peerAuthentications: ByNamespace<PeerAuthentication>
  readonly authorizationPolicies: ByNamespace<AuthorizationPolicy>
  readonly requestAuthentications: ByNamespace<ScopedPolicy>
  readonly envoyFilters: ByNamespace<ScopedPolicy>
  readonly proxyConfigs: ByNamespace<ProxyConfig>
  readonly serviceRoutes: ByNamespace<ServiceRoute>
}
