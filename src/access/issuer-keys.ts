import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { AppError } from '#engine/model/app-error'

const second = 1_000
/** How old keys may be before they are read anew beside the work, and before nobody goes on with them. */
const [fresh, usable] = [5 * 60 * second, 60 * 60 * second]
/** How often a key that is not there makes them be read anew, and a reading that failed is tried again. */
const [cooldown, pause] = [30 * second, 5 * second]

interface Kept {
  readonly find: JWTVerifyGetKey
  readonly since: number
}

/**
 * An issuer's public keys, read when a token asks for them.
 *
 * An issuer that is away for a while is not missed: keys are taken up to an hour. New ones are there within half a minute of being asked for, withdrawn
 * ones are gone within five. However many tokens come with keys that nobody has, the issuer is asked once in half a minute. ISSUER_UNAVAILABLE
 * where there are none.
 */
export function createIssuerKeys(read: () => Promise<unknown>, clock: () => number = () => performance.now()): JWTVerifyGetKey {
  let kept: Kept | undefined
  let failedAt = -Infinity
  let reading: Promise<Kept> | undefined
  const readOnce = (): Promise<Kept> => {
    reading ??= read()
      .then((keys) => (kept = { find: createLocalJWKSet(keys as JSONWebKeySet), since: clock() }))
      .catch((error: unknown) => {
        failedAt = clock()
        throw error
      })
      .finally(() => (reading = undefined))
    return reading
  }
  const current = async (): Promise<Kept> => {
    const now = clock()
    const mayRead = now - failedAt >= pause
    if (kept !== undefined && now - kept.since < usable) {
      if (now - kept.since >= fresh && mayRead) readOnce().catch(() => {})
      return kept
    }
    if (!mayRead) throw unavailable()
    return readOnce().catch(() => Promise.reject(unavailable()))
  }
  return async (header, token) => {
    const known = await current()
    try {
      return await known.find(header, token)
    } catch (error) {
      const mayBeNew = error instanceof errors.JWKSNoMatchingKey && clock() - known.since >= cooldown && clock() - failedAt >= pause
      if (!mayBeNew) throw error
      const read = await readOnce().catch(() => Promise.reject(error))
      return read.find(header, token)
    }
  }
}

const unavailable = (): AppError =>
  new AppError('ISSUER_UNAVAILABLE', 'the keys of the issuer cannot be read: tokens of it are not known for now')
