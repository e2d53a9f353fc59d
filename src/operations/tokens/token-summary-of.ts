import type { TokenSummary } from '#engine/model/access/token'
import type { StoredToken } from '#store/store'

/** What users see of a token. */
export const tokenSummaryOf = (token: StoredToken): TokenSummary => ({
  id: token.id,
  name: token.name,
  scopes: [...token.scopes],
  topologies: [...token.topologies],
  tenants: token.tenants === undefined ? null : [...token.tenants],
  createdAt: token.createdAt.toISOString(),
  createdBy: token.createdBy,
  expiresAt: token.expiresAt?.toISOString() ?? null,
  revokedAt: token.revokedAt?.toISOString() ?? null,
})
