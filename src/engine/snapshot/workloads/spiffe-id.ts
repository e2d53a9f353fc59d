export interface Identity {
  readonly trustDomain: string
  readonly namespace: string
  readonly serviceAccount: string
}

/** `spiffe://<trust domain>/ns/<namespace>/sa/<service account>`; `@` in a trust domain becomes `.`, a missing account is `default` (TRUST-1). */
export const spiffeId = ({ trustDomain, namespace, serviceAccount }: Identity): string =>
  `spiffe://${trustDomain.replaceAll('@', '.')}/ns/${namespace}/sa/${serviceAccount === '' ? 'default' : serviceAccount}`

/** The parts of an Istio identity; undefined for any other SPIFFE ID. */
export function parseSpiffeId(text: string): Identity | undefined {
  const [, trustDomain, namespace, serviceAccount] = /^spiffe:\/\/([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/u.exec(text) ?? []
  if (trustDomain === undefined || namespace === undefined || serviceAccount === undefined) return undefined
  return { trustDomain, namespace, serviceAccount }
}
