/** What a client sends, as sentences call it. */
export const sentAs = { PLAINTEXT: 'plaintext', ISTIO_MUTUAL: 'Istio mutual TLS', OTHER_TLS: 'TLS that is not Istio’s' } as const
