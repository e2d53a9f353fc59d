import { identifyBy, identifyNobody, type Identify, type Issuers } from '#access/identify'
import { createTokenBook } from '#access/token-book'
import type { VerifyJwt } from '#access/verify-jwt'
import type { Config } from '#config'
import type { Means } from '#operations/dependencies'
import { readAdminToken } from './read-admin-token.js'

/** How this service knows its callers, as its settings say. SETTING_UNUSABLE where one of them cannot be used. */
export async function identifyCallers(config: Config, means: Pick<Means, 'store' | 'now'>): Promise<Identify> {
  const ways = config.AUTH.split(',')
  if (ways.includes('none')) return identifyNobody
  return identifyBy({
    adminDigest: undefined,
    ...(ways.includes('token') ? tokensOf(config, means) : {}),
    ...(ways.includes('oidc') ? { verifyJwt: await verifierOf(config, means) } : {}),
    now: means.now,
  })
}

const tokensOf = ({ ADMIN_TOKEN_FILE }: Config, { store }: Pick<Means, 'store'>): Pick<Issuers, 'findToken' | 'adminDigest'> => ({
  findToken: createTokenBook(store),
  adminDigest: ADMIN_TOKEN_FILE === undefined ? undefined : readAdminToken(ADMIN_TOKEN_FILE),
})

/** Loaded only here: most services have no issuer. */
async function verifierOf(config: Config, { now }: Pick<Means, 'now'>): Promise<VerifyJwt> {
  const [{ createVerifyJwt }, { createIssuerKeys }, { findKeySet }, { fetchJson }] = await Promise.all([
    import('#access/verify-jwt'),
    import('#access/issuer-keys'),
    import('#access/find-key-set'),
    import('#access/fetch-json'),
  ])
  const { OIDC_ISSUER: issuer = '', OIDC_AUDIENCE: audience = '', OIDC_JWKS_URL: keySet } = config
  const keys = createIssuerKeys(async () => fetchJson(keySet ?? (await findKeySet(issuer))))
  const terms = { issuer, audience, topologiesClaim: config.OIDC_TOPOLOGIES_CLAIM, tenantsClaim: config.OIDC_TENANTS_CLAIM }
  return createVerifyJwt(terms, keys, now)
}
