import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { AppError } from '#engine/model/app-error'
import { Scope } from '#engine/model/access/scope'
import { topologyPattern } from '#engine/model/access/token'
import type { Caller } from './caller.js'

/** Of whom tokens are, for whom, and where they say what their bearer may see. */
export interface JwtTerms {
  readonly issuer: string
  readonly audience: string
  readonly topologiesClaim: string
  readonly tenantsClaim: string
}

export type Verified = Pick<Caller, 'id' | 'scopes' | 'topologies' | 'tenants'>
/** The bearer of a JWT; UNAUTHENTICATED where it is not one of the issuer, for this service and this moment. */
export type VerifyJwt = (token: string) => Promise<Verified>

/** Signatures that only the issuer can make: none of a secret that is shared, and never `none`. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** Seconds by which clocks may differ. */
const clockTolerance = 30

export const createVerifyJwt =
  (terms: JwtTerms, keys: JWTVerifyGetKey, now: () => number): VerifyJwt =>
  async (token) => {
    const { issuer, audience } = terms
    const verified = jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      clockTolerance,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(now()),
    })
    const { payload } = await verified.catch((error: unknown) => Promise.reject(refusalOf(error)))
    return bearerOf(payload, terms)
  }

function bearerOf(payload: JWTPayload, { topologiesClaim, tenantsClaim }: JwtTerms): Verified {
  const { sub = '', scope, scp } = payload
  if (!/^[^\p{Cc}\p{Cs}]{1,255}$/u.test(sub)) throw unknown('its subject is no name')
  const topologies = wordsOf(payload[topologiesClaim], topologiesClaim)
  if (topologies?.some((one) => !pattern.test(one)))
    throw unknown(`its claim \`${topologiesClaim}\` holds what is no pattern of topologies`)
  const tenants = wordsOf(payload[tenantsClaim], tenantsClaim)
  const granted = [...(wordsOf(scope, 'scope') ?? []), ...(wordsOf(scp, 'scp') ?? [])]
  const scopes = Scope.enum.filter((one) => granted.includes(one))
  // Whoever is shown the things of some tenants changes nothing.
  return {
    id: `oidc:${sub}`,
    scopes: tenants === undefined ? scopes : scopes.filter((one) => one === 'read'),
    topologies: topologies ?? ['*'],
    tenants,
  }
}

const pattern = new RegExp(topologyPattern)

/** A list of texts, or one text of words (RFC 8693 §4.2); undefined where the claim is absent. */
function wordsOf(claim: unknown, name: string): readonly string[] | undefined {
  if (claim === undefined) return undefined
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '')
  if (Array.isArray(claim) && claim.every((one) => typeof one === 'string')) return claim
  throw unknown(`its claim \`${name}\` is no list of texts`)
}

/** Nothing of the token is in what is said of it. */
function refusalOf(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (error instanceof errors.JWTExpired) return unknown('it has expired')
  if (error instanceof errors.JWTClaimValidationFailed) return unknown(`its claim \`${error.claim}\` is not as this service has it`)
  if (error instanceof errors.JOSEError) return unknown('it is not signed by the issuer, or not written as a token is')
  return error instanceof TypeError ? unknown('it is not written as a token is') : error
}

const unknown = (why: string): AppError => new AppError('UNAUTHENTICATED', `the token is not taken: ${why}`)
