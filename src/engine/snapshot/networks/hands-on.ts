import type { ApiListener } from '../../resources/kubernetes/api-listener.js'
import type { Meta } from '../../resources/meta.js'

/** Label of the pods that istiod runs for a Gateway of the Gateway API. */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name'

/**
 * Does the listener hand mutual TLS on by SNI? By its option, or on a network's gateway by its port: 15443, or the port that the
 * Gateway's label names. Rules NET-6d, NET-30.
 */
export function handsOn({ labels }: Meta, { port, tls }: ApiListener): boolean {
  if (tls === undefined) return false
  if (tls.options['gateway.istio.io/listener-protocol'] === 'auto-passthrough') return true
  if (labels['topology.istio.io/network'] === undefined) return false
  return String(port) === (labels['networking.istio.io/gatewayPort'] ?? '15443')
}
