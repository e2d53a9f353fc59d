/**
 * Does the server take what the client sends?
 *
 * The matrix of TLS-11: rows are what arrives, columns what the server's own control plane makes it expect. Gateways expect what their
 * Gateway objects say (TLS-13), proxyless gRPC servers decide by the endpoint's label (TLS-15), ztunnel takes plaintext unless STRICT (TLS-16).
 */
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { EffectiveMode } from '../../istiod/inbound/mutual-tls-mode.js'
import type { Transported } from '../call/stage-values.js'

export type Expectation = EffectiveMode | 'NO_SIDECAR'

/** APPLICATION: the bytes reach the application as they are, and only it can say whether it takes TLS. */
export type Acceptance = 'ACCEPTED' | 'REJECTED' | 'APPLICATION'

export function acceptance(sent: Transported['protocol'], expected: Expectation, port: Protocol): Acceptance {
  if (sent === 'PLAINTEXT') return expected === 'STRICT' ? 'REJECTED' : 'ACCEPTED'
  if (sent === 'ISTIO_MUTUAL') return expected === 'STRICT' || expected === 'PERMISSIVE' ? 'ACCEPTED' : 'REJECTED'
  if (expected === 'NO_SIDECAR') return 'APPLICATION'
  return port === 'HTTP' || expected === 'STRICT' ? 'REJECTED' : 'APPLICATION'
}
