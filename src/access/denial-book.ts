import type { Denial, Store } from '#store/store'

/** Something that was refused, before it is counted. */
export type Refused = Omit<Denial, 'times'>

export interface DenialBook {
  note(refused: Refused): void
  /** Tells the store what was noted since it was told last. */
  flush(): Promise<void>
  close(): Promise<void>
}

const everyMs = 2_000
/** Different refusals between two times that the store is told; more of them are one entry, so that nobody fills the audit by being refused. */
const most = 100
const longest = 200

/**
 * What was refused, told to the store every other second: those that are alike as one, with how often.
 *
 * A store that does not answer is told the next time. `onFault`: why it was not.
 */
export function createDenialBook(store: Pick<Store, 'recordDenials'>, onFault: (error: unknown) => void): DenialBook {
  let noted = new Map<string, Denial>()
  const note = (refused: Refused, times = 1): void => {
    const own = cut(refused)
    const isKnown = noted.has(keyOf(own))
    const entry = isKnown || noted.size < most ? own : { ...own, who: 'others', deed: 'others', address: null, topology: null }
    const key = keyOf(entry)
    noted.set(key, { ...entry, times: (noted.get(key)?.times ?? 0) + times })
  }
  const flush = async (): Promise<void> => {
    if (noted.size === 0) return
    const told = [...noted.values()]
    noted = new Map()
    await store.recordDenials(told).catch((error: unknown) => {
      onFault(error)
      for (const { times, ...refused } of told) note(refused, times)
    })
  }
  const timer = setInterval(() => void flush(), everyMs)
  timer.unref()
  return {
    note: (refused) => note(refused),
    flush,
    close: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}

const keyOf = (refused: Refused): string => JSON.stringify(Object.values(refused))

const cut = ({ who, deed, address, topology, outcome }: Refused): Refused => ({
  who: who.slice(0, longest),
  deed,
  address,
  topology: topology?.slice(0, longest) ?? null,
  outcome,
})
