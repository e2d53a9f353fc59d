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
  MUTUAL_TLS: 'both sides use Istio mutual TLS',
  PLAINTEXT_ACCEPTED: 'the client sends plaintext and the server takes it',
  OTHER_TLS_PASSED_ON: 'TLS that is not Istio’s reaches whoever ends it at the server',
  SERVER_OUTSIDE: 'the connection ends outside the topology',
  GATEWAY_NOT_LISTENING: 'no server of a Gateway object listens at this port of the gateway',
  TRUSTED: 'the certificates of both sides verify',
  NO_CERTIFICATES: 'without mutual TLS no certificate is verified',
  COMMON_ROOT: 'the certificate chain ends at a root that the other side trusts',
  SAME_CONTROL_PLANE: 'one control plane issues both certificates, and no roots are stated',
  NO_COMMON_ROOT: 'the certificate chain ends at no root that the other side trusts',
  ROOTS_UNKNOWN: 'the roots or the signing certificates of a side are neither stated nor in any object',
  CERTIFICATE_EXPIRED: 'the chain ends at a trusted root, but one of its certificates is not valid at the moment asked about',
  CERTIFICATE_UNREADABLE: 'a certificate that decides cannot be read',
  TRUST_DOMAIN_ACCEPTED: 'the trust domain is one that the other side accepts',
  TRUST_DOMAIN_NOT_ACCEPTED: 'the trust domain is not one that the other side accepts',
  TRUST_DOMAIN_NOT_CHECKED: 'the other side does not look at the trust domain',
  TRUST_DOMAIN_UNKNOWN: 'the trust domain of a control plane is unknown',
  NAME_ACCEPTED: 'the identity is one that the other side expects',
  NAME_MISMATCH: 'the identity is not one that the other side expects',
  NAME_NOT_CHECKED: 'the other side does not look at the name',
  SEVERAL_ISSUERS: 'several control planes could have issued the identity, and they differ',
  ALLOWED: 'the server’s authorization policies allow the request',
  NO_POLICY: 'no authorization policy of the server decides about the request',
  NOT_ENFORCED: 'nothing at the server enforces authorization policies',
  POLICY_DEPENDS: 'the server’s authorization policies look at something that the question leaves open',
  INPUT_MISSING: 'something that decides is neither stated nor in any object',
} as const

export type ReasonCode = keyof typeof reasons
