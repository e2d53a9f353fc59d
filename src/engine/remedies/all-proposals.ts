import type { ReasonCode } from '../model/reasons.js'
import { acceptBoth } from './accept-both.js'
import { acceptTrustDomain } from './accept-trust-domain.js'
import { allowCaller } from './allow-caller.js'
import { allowConnection } from './connections/allow-connection.js'
import { allowLookup } from './allow-lookup.js'
import { allowVisitors } from './allow-visitors.js'
import { bindRoutes, openGateway } from './bind-routes.js'
import { captureDns } from './capture-dns.js'
import { declarePort } from './declare-port.js'
import { defineSubset } from './define-subset.js'
import { deployWaypoint } from './deploy-waypoint.js'
import { exportService } from './export-service.js'
import { exposeHost } from './expose-host.js'
import { fixDestination } from './slips/fix-destination.js'
import { fixGatewaySelector } from './slips/fix-gateway-selector.js'
import { fixPrincipal } from './slips/fix-principal.js'
import { fixSelector } from './slips/fix-selector.js'
import { fixSubsetLabels } from './slips/fix-subset-labels.js'
import { importHost } from './import-host.js'
import { injectClient, injectServer } from './inject-client.js'
import { openNetwork } from './networks/open-network.js'
import { labelNamespace } from './connections/label-namespace.js'
import type { Propose } from './proposal.js'
import { readCluster } from './read-cluster.js'
import { routeNetworks } from './networks/route-networks.js'
import { serviceInClientCluster } from './service-in-client-cluster.js'
import { takeRequest } from './take-request.js'
import { trustRoots } from './trust-roots.js'
import { useMutualTls } from './use-mutual-tls.js'

interface Proposing {
  readonly for: readonly ReasonCode[]
  readonly propose: Propose
}

/** Every kind of proposal and the reasons that call for it, those that change least first. */
const register = [
  { for: ['NAME_NOT_RESOLVED'], propose: allowLookup },
  { for: ['NAME_NOT_RESOLVED'], propose: serviceInClientCluster },
  { for: ['NAME_NOT_RESOLVED'], propose: captureDns },
  { for: ['BLACKHOLED', 'HIDDEN_PASSTHROUGH'], propose: importHost },
  { for: ['BLACKHOLED', 'HIDDEN_PASSTHROUGH'], propose: exportService },
  { for: ['NO_ENDPOINTS'], propose: readCluster },
  { for: ['NO_ENDPOINTS'], propose: fixSelector },
  { for: ['UNKNOWN_CLUSTER'], propose: fixDestination },
  { for: ['SUBSET_MISMATCH'], propose: fixSubsetLabels },
  { for: ['GATEWAY_NOT_FOUND'], propose: fixGatewaySelector },
  { for: ['PORT_NOT_DECLARED'], propose: declarePort },
  { for: ['GATEWAY_HOST_NOT_EXPOSED', 'GATEWAY_SERVER_MISSING'], propose: exposeHost },
  { for: ['NO_ROUTE'], propose: takeRequest },
  { for: ['NO_ROUTE', 'GATEWAY_HOST_NOT_EXPOSED'], propose: bindRoutes },
  { for: ['GATEWAY_HOST_NOT_EXPOSED'], propose: openGateway },
  { for: ['GATEWAY_SUBSET_MISSING'], propose: defineSubset },
  { for: ['CROSS_NETWORK_WITHOUT_GATEWAY'], propose: openNetwork },
  { for: ['CROSS_NETWORK_WITHOUT_GATEWAY'], propose: routeNetworks },
  { for: ['EGRESS_NOT_ALLOWED', 'INGRESS_NOT_ALLOWED'], propose: allowConnection },
  { for: ['INGRESS_NOT_ALLOWED'], propose: labelNamespace },
  { for: ['NOT_MTLS'], propose: injectServer },
  { for: ['TLS_REJECTED'], propose: useMutualTls },
  { for: ['TLS_REJECTED', 'DENIED'], propose: injectClient },
  { for: ['UNTRUSTED'], propose: acceptTrustDomain },
  { for: ['UNTRUSTED'], propose: trustRoots },
  { for: ['DENIED'], propose: allowVisitors },
  { for: ['DENIED'], propose: fixPrincipal },
  { for: ['DENIED'], propose: allowCaller },
  { for: ['DENIED'], propose: deployWaypoint },
  { for: ['TLS_REJECTED'], propose: acceptBoth },
] as const satisfies readonly Proposing[]

/** The stops against which something is proposed. */
export type ProposedCode = (typeof register)[number]['for'][number]

export const allProposals: readonly Proposing[] = register
