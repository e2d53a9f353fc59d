import type { ResourceRef } from '../../model/resource-ref.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { mutualTlsMode } from './mutual-tls-mode.js'
import type { RuleInForce } from '../destination-rules/rule-in-force.js'
import type { Endpoint } from '../endpoints/endpoint.js'

export interface Capability {
  readonly capable: boolean
  /** Why not, lower case, for a message; empty when capable. */
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/**
 * May this client send Istio mutual TLS to the endpoint, as its own control plane sees it?
 *
 * The endpoint must advertise it (`security.istio.io/tlsMode`). Then a DestinationRule's TLS mode decides if one is set, looked up in the order of
 * the per-endpoint test (TLS-5), otherwise the PeerAuthentication mode the client's control plane predicts. Rules NET-16, NET-33.
 */
export function isMutualTlsCapable(
  view: ControlPlaneView,
  rule: RuleInForce | undefined,
  _service: MeshService,
  port: MeshPort,
  subset: string,
  endpoint: Endpoint,
): Capability {
  if (endpoint.tlsMode !== 'istio') {
    return { capable: false, message: whyNotAdvertised(endpoint), because: endpoint.because }
  }
  const tls = rule?.capabilityTls(port.number, subset)
  if (rule !== undefined && tls !== undefined) {
    if (tls.mode === 'ISTIO_MUTUAL') return { capable: true, message: '', because: [] }
    return { capable: false, message: `the DestinationRule sets TLS mode \`${tls.mode}\``, because: rule.because }
  }
  const { mode, because } = mutualTlsMode(view, endpoint.namespace, endpoint.labels, endpoint.port)
  if (mode !== 'DISABLE') return { capable: true, message: '', because: [] }
  return { capable: false, message: 'PeerAuthentication disables mutual TLS at the endpoint', because }
}

/** A proxy alone is not enough: the label says that it takes mutual TLS, and injection sets it where nobody else does (MODEL-29, TLS-6). */
function whyNotAdvertised({ address, labels, workload }: Endpoint): string {
  const endpoint = address === '' ? 'what stands behind the endpoint without address' : `endpoint \`${address}\``
  const stated = labels[tlsModeLabel]
  if (stated !== undefined) return `the label \`${tlsModeLabel}: ${stated}\` of ${endpoint} says that it takes no mutual TLS`
  return workload === undefined || workload.dataPlane === 'NONE'
    ? `${endpoint} has no proxy that takes mutual TLS`
    : `${endpoint} has no label \`${tlsModeLabel}: istio\` to say that it takes mutual TLS`
}

const tlsModeLabel = 'security.istio.io/tlsMode'
