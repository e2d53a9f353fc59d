import { identifyBy, identifyNobody, type Identify } from '#access/identify'
import { createTokenBook } from '#access/token-book'
import type { Config } from '#config'
import type { Means } from '#operations/dependencies'
import { readAdminToken } from './read-admin-token.js'

/** How this service knows its callers, as its settings say. SETTING_UNUSABLE where one of them cannot be used. */
export function identifyCallers({ AUTH, ADMIN_TOKEN_FILE }: Config, { store, now }: Pick<Means, 'store' | 'now'>): Identify {
  if (AUTH === 'none') return identifyNobody
  return identifyBy({
    findToken: createTokenBook(store),
    adminDigest: ADMIN_TOKEN_FILE === undefined ? undefined : readAdminToken(ADMIN_TOKEN_FILE),
    now,
  })
}
