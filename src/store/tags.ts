import type { Database } from './database.js'
import { tell } from './access/audit.js'
import type { By } from './store.js'
import { commit, inTransaction, rollBack } from './transaction.js'
import { guarded } from './store-error.js'

/** Points a tag at a version, wherever it pointed before; false when there is no such version. */
export async function putTag(database: Database, topology: string, tag: string, number: number, by: By): Promise<boolean> {
  await guarded(() => database.requireSpace(0))
  return inTransaction(database.pool, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO tag (topology, name, number)
       SELECT v.topology, $2, v.number FROM version v JOIN topology t ON t.name = v.topology
       WHERE v.topology = $1 AND v.number = $3 AND v.number > t.floor AND t.deleted_at IS NULL
       ON CONFLICT (topology, name) DO UPDATE SET number = EXCLUDED.number`,
      [topology, tag, number],
    )
    if (rowCount !== 1) return rollBack(false)
    await tell(client, by, { topology, version: number, subject: tag })
    return commit(true)
  })
}
