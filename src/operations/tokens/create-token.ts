import { admit } from '#access/admit'
import { by } from '#access/by'
import { digestOf, makeToken } from '#access/make-token'
import { AppError } from '#engine/model/app-error'
import { isMoment } from '#engine/model/moment'
import type { CreatedToken, TokenRequest } from '#engine/model/access/token'
import type { Dependencies } from '../dependencies.js'
import { tokenSummaryOf } from './token-summary-of.js'

const presetDays = 90

/** Make an API token. It is told here, once, and kept nowhere; the store has its hash. */
export async function createToken({ store, now, caller }: Omit<Dependencies, 'analyst'>, request: TokenRequest): Promise<CreatedToken> {
  admit(caller, 'createToken')
  const { name, scopes, topologies = ['*'], tenants } = request
  if (tenants && scopes.some((scope) => scope !== 'read')) {
    throw invalid('/scopes', 'a token that is limited to tenants has the scope `read` and no other')
  }
  const expiresAt = expiryOf(request, now())
  const token = makeToken()
  const made = {
    id: crypto.randomUUID().slice(-12),
    digest: digestOf(token),
    name,
    scopes,
    topologies,
    tenants: tenants ?? undefined,
    createdBy: caller.id,
    expiresAt,
  }
  const stored = await store.createToken(made, by(caller, 'createToken'))
  return { ...tokenSummaryOf(stored), token }
}

function expiryOf({ expiresAt }: TokenRequest, now: number): Date | null {
  if (expiresAt === undefined) return new Date(now + presetDays * 86_400_000)
  if (expiresAt === null) return null
  if (!isMoment(expiresAt)) throw invalid('/expiresAt', '`expiresAt` must be a moment such as `2027-01-31T12:00:00Z`')
  if (Date.parse(expiresAt) <= now) throw invalid('/expiresAt', '`expiresAt` is over already')
  return new Date(expiresAt)
}

const invalid = (place: string, detail: string): AppError =>
  new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'FIELD_INVALID', detail, pointer: `#${place}` }] })
