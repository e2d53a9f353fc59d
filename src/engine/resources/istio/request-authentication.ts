import type { Meta } from '../meta.js'
import { findFlag, findText, type Raw, type Reading, readList, readObject, readText, readTexts } from '../reading.js'
import { readScopedPolicy, type ScopedPolicy } from './scoped-policy.js'

/** Whose tokens are taken, and where they are looked for; no place at all means `Authorization: Bearer` and the parameter `access_token`. */
export interface JwtRule {
  readonly issuer: string
  readonly audiences: readonly string[]
  /** Names in lower case. */
  readonly fromHeaders: readonly { readonly name: string; readonly prefix: string }[]
  readonly fromParams: readonly string[]
  readonly fromCookies: readonly string[]
  /** Headers, in lower case, that nobody but the proxy sets: each from a claim, or from the whole token where there is none. */
  readonly outputHeaders: readonly { readonly name: string; readonly claim: string | undefined }[]
  /** The request keeps the token that was taken. */
  readonly forwards: boolean
  /** The keys are at an address that istiod asks. */
  readonly fetchesKeys: boolean
}

/** RequestAuthentication: checks tokens that are there and asks for none (AUTHZ-21). */
export interface RequestAuthentication extends ScopedPolicy {
  readonly jwtRules: readonly JwtRule[]
}

const readHeader = (reading: Reading, item: Raw, at: string) => ({
  name: readText(reading, item, 'name', at).toLowerCase(),
  prefix: readText(reading, item, 'prefix', at),
})

const readOutput = (reading: Reading, item: Raw, at: string): JwtRule['outputHeaders'][number] => ({
  name: readText(reading, item, 'header', at).toLowerCase(),
  claim: readText(reading, item, 'claim', at),
})

const readPayloadHeader = (reading: Reading, item: Raw, at: string): JwtRule['outputHeaders'] => {
  const name = findText(reading, item, 'outputPayloadToHeader', at) ?? ''
  return name === '' ? [] : [{ name: name.toLowerCase(), claim: undefined }]
}

const readJwtRule = (reading: Reading, item: Raw, at: string): JwtRule => ({
  issuer: readText(reading, item, 'issuer', at),
  audiences: readTexts(reading, item, 'audiences', at),
  fromHeaders: readList(reading, item, 'fromHeaders', at, readHeader),
  fromParams: readTexts(reading, item, 'fromParams', at),
  fromCookies: readTexts(reading, item, 'fromCookies', at),
  outputHeaders: [...readPayloadHeader(reading, item, at), ...readList(reading, item, 'outputClaimToHeaders', at, readOutput)],
  forwards: findFlag(reading, item, 'forwardOriginalToken', at) ?? false,
  fetchesKeys: (findText(reading, item, 'jwksUri', at) ?? '') !== '',
})

export const readRequestAuthentication = (reading: Reading, raw: Raw, meta: Meta): RequestAuthentication => ({
  ...readScopedPolicy(reading, raw, meta),
  jwtRules: readList(reading, readObject(reading, raw, 'spec', ''), 'jwtRules', 'spec', readJwtRule),
})
