import { timingSafeEqual } from 'node:crypto'
import { AppError } from '#engine/model/app-error'
import type { StoredToken } from '#store/store'
import { anybody } from './anybody.js'
import type { Caller } from './caller.js'
import { operator } from './operator.js'
import type { FindToken } from './token-book.js'
import type { VerifyJwt } from './verify-jwt.js'
import { digestOf, isToken } from './make-token.js'

/** What a request says of who sent it. */
export interface Credentials {
  /** The header of that name. */
  readonly authorization: string | undefined
  readonly address: string
}

/** Who that is; UNAUTHENTICATED where nobody is known by these credentials. */
export type Identify = (credentials: Credentials) => Promise<Caller>

/** Whom there are tokens of. */
export interface Issuers {
  /** API tokens of the store. */
  readonly findToken?: FindToken
  /** SHA-256 of the token in ADMIN_TOKEN_FILE. */
  readonly adminDigest: Uint8Array | undefined
  /** JWTs of an issuer. */
  readonly verifyJwt?: VerifyJwt
  readonly now: () => number
}

/** Nobody is asked. */
export const identifyNobody: Identify = async ({ address }) => anybody(address)

/** Callers by their bearer token. */
export const identifyBy =
  (issuers: Issuers): Identify =>
  async ({ authorization, address }) => {
    const token = bearerOf(authorization)
    const digest = digestOf(token)
    if (issuers.adminDigest !== undefined && timingSafeEqual(digest, issuers.adminDigest))
      return callerOf('token:admin-file', address, operator)
    if (issuers.verifyJwt !== undefined && token.split('.').length === 3) {
      const verified = await issuers.verifyJwt(token)
      return callerOf(verified.id, address, verified)
    }
    const stored = isToken(token) ? await issuers.findToken?.(digest) : undefined
    if (stored === undefined || !timingSafeEqual(digest, stored.digest)) throw unknown('the token is not one of this service')
    return callerOf(`token:${stored.id}`, address, validAt(issuers.now(), stored))
  }

const callerOf = (
  id: string,
  address: string,
  { scopes, topologies, tenants }: Pick<Caller, 'scopes' | 'topologies' | 'tenants'>,
): Caller => ({
  id,
  key: id,
  address,
  scopes,
  topologies,
  tenants,
})

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined) throw unknown('nobody is known without a token: send `Authorization: Bearer …`')
  const [, token] = /^Bearer +([\x21-\x7e]{1,16384})$/i.exec(authorization) ?? []
  if (token === undefined) throw unknown('`Authorization` is not written `Bearer …`, with one token')
  return token
}

function validAt(now: number, token: StoredToken): StoredToken {
  if (token.revokedAt !== null) throw unknown(`the token \`${token.id}\` was revoked`)
  if (token.expiresAt !== null && token.expiresAt.getTime() <= now) throw unknown(`the token \`${token.id}\` has expired`)
  return token
}

const unknown = (message: string): AppError => new AppError('UNAUTHENTICATED', message)
