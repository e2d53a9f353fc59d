import type { Rule } from '../rule.js'
import { clusterNotAnnotated } from './cluster-not-annotated.js'
import { entryWithoutNetwork } from './entry-without-network.js'
import { gatewayHandsNothingOn } from './gateway-hands-nothing-on.js'
import { hiddenFromGateway } from './hidden-from-gateway.js'
import { labelledGatewayUnusable } from './labelled-gateway-unusable.js'
import { networkWithoutGateway } from './network-without-gateway.js'
import { oneWayRemoteSecret } from './one-way-remote-secret.js'
import { overlappingPodCidrs } from './overlapping-pod-cidrs.js'
import { proxyWithoutNetwork } from './proxy-without-network.js'
import { registryUnknown } from './registry-unknown.js'
import { serviceAcrossNetworks } from './service-across-networks.js'
import { tunnelPortShut } from './tunnel-port-shut.js'
import { unselectedNamespace } from './unselected-namespace.js'

/** Whether control planes and networks find each other. */
export const networkRules: readonly Rule[] = [
  oneWayRemoteSecret,
  unselectedNamespace,
  clusterNotAnnotated,
  networkWithoutGateway,
  overlappingPodCidrs,
  registryUnknown,
  labelledGatewayUnusable,
  gatewayHandsNothingOn,
  hiddenFromGateway,
  proxyWithoutNetwork,
  serviceAcrossNetworks,
  entryWithoutNetwork,
  tunnelPortShut,
]
