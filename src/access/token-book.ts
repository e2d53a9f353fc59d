import type { Store, StoredToken } from '#store/store'

/** Looks tokens up by digest; what it says may be as old as `keepMs`, not older: so long does a revoked token go on. */
export type FindToken = (digest: Uint8Array) => Promise<StoredToken | undefined>

const keepMs = 3_000
const most = 10_000

interface Kept {
  readonly since: number
  readonly token: Promise<StoredToken | undefined>
}

/** Asks the store once for all who come with a token within a few seconds, also with one that does not exist. */
export function createTokenBook({ findToken }: Pick<Store, 'findToken'>, clock: () => number = () => performance.now()): FindToken {
  const kept = new Map<string, Kept>()
  return (digest) => {
    const key = Buffer.from(digest).toString('base64')
    const now = clock()
    const known = kept.get(key)
    if (known !== undefined && now - known.since < keepMs) return known.token
    forget(kept, now)
    const token = findToken(digest)
    kept.set(key, { since: now, token })
    // A store that does not answer is asked again.
    token.catch(() => kept.delete(key))
    return token
  }
}

/** The oldest come first. */
function forget(kept: Map<string, Kept>, now: number): void {
  for (const [key, { since }] of kept) {
    if (now - since < keepMs && kept.size < most) return
    kept.delete(key)
  }
}
