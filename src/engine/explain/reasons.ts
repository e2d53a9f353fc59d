/**
 * The register of reason codes: every code that a step, an endpoint or an answer may carry, and what it means.
 *
 * Codes are part of the contract: they are added, never changed or removed.
 */
export const reasons = {
  DELIVERED: 'the call arrives',
  PASSTHROUGH: 'the call arrives outside the mesh’s control, in plaintext, at the original address',
  NAME_NOT_RESOLVED: 'the application gets no address for the name',
  BLACKHOLED: 'the proxy refuses destinations that are not in its registry',
  NO_ROUTE: 'a VirtualService applies and none of its routes matches the request',
  UNKNOWN_CLUSTER: 'the route names a destination that the proxy does not have',
  NO_ENDPOINTS: 'the proxy has no endpoint that may take traffic',
  TLS_REJECTED: 'the server does not take the transport that the client sends',
  UNTRUSTED: 'the certificates of the two sides do not verify',
  DENIED: 'an authorization policy of the server denies the request',
  INPUT_MISSING: 'something that decides is neither stated nor in any object'
} as const

export type ReasonCode = keyof typeof reasons
