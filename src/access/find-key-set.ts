import { fetchJson } from './fetch-json.js'
import { isReliableUrl } from './is-reliable-url.js'

/** Where an issuer keeps its keys, as its own configuration says (OpenID Connect Discovery §4). */
export async function findKeySet(issuer: string): Promise<URL> {
  const said = (await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)) as {
    readonly issuer?: unknown
    readonly jwks_uri?: unknown
  } | null
  if (said?.issuer !== issuer) throw new Error('its configuration is that of another issuer')
  const { jwks_uri: url } = said
  if (typeof url !== 'string' || !isReliableUrl(url)) throw new Error('its configuration names no address of keys that can be relied on')
  return new URL(url)
}
