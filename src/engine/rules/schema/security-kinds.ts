import { groupOf } from '../../manifests/kinds.js'
import type { Original } from '../originals.js'

/** Kinds that allow or deny: a condition that is dropped from one widens it, and nothing on the wire tells. */
const securityKinds = new Set([
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/PeerAuthentication',
  'security.istio.io/RequestAuthentication',
  'networking.k8s.io/NetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'gateway.networking.k8s.io/ReferenceGrant',
  'gateway.networking.k8s.io/BackendTLSPolicy',
])

export const isSecurityKind = ({ apiVersion, kind }: Original): boolean => securityKinds.has(`${groupOf(apiVersion)}/${kind}`)
