import type { Config } from '#config'
import { openStore } from '#store/open-store'
import type { Store } from '#store/store'

/** Opens the store that this configuration names for a piece of work of its own, and closes it again. STORE_HELD where a service has it. */
export async function withOwnStore<T>({ DATABASE_URL, DATA_DIR }: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url: DATABASE_URL, dataDir: DATA_DIR })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
