import type { Labels } from '../../resources/meta.js'
import type { PodSpec } from '../../resources/kubernetes/pod.js'

const proxyContainers = new Set(['istio-proxy', 'istio-init', 'istio-validation', 'enable-core-dump'])

/** Gateways run the proxy alone, or come from the gateway template, or were made from a Kubernetes Gateway (MODEL-29, MODEL-35). */
export const isGatewayPod = (labels: Labels, annotations: Labels, spec: Pick<PodSpec, 'containerNames'>): boolean => {
  const templates = annotations['inject.istio.io/templates'] ?? ''
  if (templates.split(',').some((template) => template.trim() === 'gateway')) return true
  if (labels['gateway.istio.io/managed'] !== undefined || labels['gateway.networking.k8s.io/gateway-name'] !== undefined) return true
  if (labels['istio']?.endsWith('gateway') === true) return true
  return spec.containerNames.includes('istio-proxy') && spec.containerNames.every((name) => proxyContainers.has(name))
}

export const isProxyless = (annotations: Labels): boolean => (annotations['inject.istio.io/templates'] ?? '').includes('grpc-')

const managedKey = 'gateway.istio.io/managed'

/** Proxies that take tunnels for services and workloads, deployed for a Gateway of their class (GWAPI-11, AMB-47). */
export const isWaypointPod = (labels: Labels): boolean => labels[managedKey] === 'istio.io-mesh-controller'
