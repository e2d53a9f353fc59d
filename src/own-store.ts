import type { Config } from '#config'
import { readBackup } from '#store/keeping/read-backup'
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

/** Reads a backup to its end; BACKUP_INVALID where it is damaged. How many contents it holds. */
export async function checkBackup(source: AsyncIterable<Uint8Array>): Promise<number> {
  let contents = 0
  for await (const { kind } of readBackup(source)) if (kind === 'CONTENT') contents++
  return contents
}
