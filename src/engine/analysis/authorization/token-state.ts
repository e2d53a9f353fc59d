import type { ResourceRef } from '../../model/resource-ref.js'
import type { JwtRule } from '../../resources/istio/request-authentication.js'

/**
 * What a proxy makes of a request’s token.
 *
 * OPEN: the question does not say whether the request has a token; one of `issuers` issued it, if it has one. NONE: it has none, or nothing reads any;
 * `keptBy`: a proxy on the way read it and did not hand it on, and which rule says so.
 */
export type TokenState =
  | { readonly kind: 'NONE'; readonly keptBy?: { readonly proxy: string; readonly ref: ResourceRef } }
  | { readonly kind: 'OPEN'; readonly issuers: readonly string[] }
  | { readonly kind: 'TAKEN'; readonly claims: Readonly<Record<string, unknown>>; readonly rule: JwtRule; readonly ref: ResourceRef }
  | { readonly kind: 'REFUSED'; readonly message: string }

export const noToken: TokenState = { kind: 'NONE' }
