import type { Store } from '#store/store'

/** How many requests of the running minute there were of a key, this one included, in all processes as far as this one knows; more than `most`: too many. */
export interface Counted {
  readonly current: number
  /** Until the minute is over. */
  readonly leftMs: number
}

/** A twentieth of what there is: as much as another process may leave unused, and twenty questions to the store a minute. */
const share = 20

interface Account {
  endsAt: number
  /** Handed out to all processes. */
  granted: number
  /** Handed out to this one, and not used yet. */
  left: number
  isOver: boolean
  leasing: Promise<void> | undefined
}

/**
 * Counts requests by key against one limit for all processes, which are handed blocks of it by the store.
 *
 * Never more than `most` go through in a minute of the database. A store that does not answer holds nobody up: a block goes through uncounted.
 */
export function createLeasedCounts(
  store: Pick<Store, 'leaseRequests'>,
  most: number,
  clock: () => number = () => performance.now(),
): (key: string) => Promise<Counted> {
  const accounts = new Map<string, Account>()
  const block = Math.max(1, Math.floor(most / share))

  const lease = async (key: string, account: Account): Promise<void> => {
    const asked = clock()
    try {
      const { granted, latest, leftMs } = await store.leaseRequests(key, block, most)
      Object.assign(account, { endsAt: asked + leftMs, granted, left: latest, isOver: latest === 0 })
    } catch {
      Object.assign(account, { endsAt: asked + 1_000, granted: block, left: block, isOver: false })
    }
  }

  return async (key) => {
    for (;;) {
      const account = openAccount(accounts, key, clock())
      if (account.left > 0) {
        account.left -= 1
        return { current: account.granted - account.left, leftMs: account.endsAt - clock() }
      }
      if (account.isOver) return { current: most + 1, leftMs: account.endsAt - clock() }
      account.leasing ??= lease(key, account).finally(() => (account.leasing = undefined))
      await account.leasing
    }
  }
}

const mostAccounts = 10_000

function openAccount(accounts: Map<string, Account>, key: string, now: number): Account {
  const known = accounts.get(key)
  if (known !== undefined && (known.leasing !== undefined || now < known.endsAt)) return known
  for (const [other, { endsAt, leasing }] of accounts) {
    if (accounts.size < mostAccounts) break
    if (leasing === undefined && endsAt <= now) accounts.delete(other)
    else break
  }
  const opened: Account = { endsAt: now + 60_000, granted: 0, left: 0, isOver: false, leasing: undefined }
  accounts.delete(key)
  accounts.set(key, opened)
  return opened
}
