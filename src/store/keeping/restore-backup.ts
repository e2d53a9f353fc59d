import type pg from 'pg'
import { AppError } from '#engine/model/app-error'
import { writeContents } from '../contents.js'
import type { Database } from '../database.js'
import { tell } from '../access/audit.js'
import type { By, Restored } from '../store.js'
import { guarded, sqlState, storeError } from '../store-error.js'
import { type Kept, readBackup } from './read-backup.js'
import { tables } from './tables.js'

/** So many contents go in one statement: each has to end within the time that a statement may take. */
const atOnce = 200

/**
 * Puts a backup in place of what is stored: all of it, or nothing. Whoever writes meanwhile waits; whoever reads finds what was there before
 * until everything is there.
 *
 * STORE_NOT_EMPTY unless `replace`; BACKUP_INVALID as `readBackup` says.
 */
export async function restoreBackup({ pool }: Database, source: AsyncIterable<Uint8Array>, replace: boolean, by: By): Promise<Restored> {
  const client = await guarded(() => pool.connect())
  let usable = false
  try {
    await client.query('BEGIN')
    await client.query(`LOCK TABLE ${tables.map(({ name }) => name).join(', ')}, content, chunk IN EXCLUSIVE MODE`)
    if (await holdsAnything(client)) {
      if (!replace) throw new AppError('STORE_NOT_EMPTY', 'there are topologies already: `replace` puts the backup in their place')
      await clear(client)
    }
    const restored = await putBack(client, readBackup(source))
    await tell(client, by, { subject: 'everything' })
    await client.query('COMMIT')
    usable = true
    return restored
  } catch (error) {
    usable = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    )
    throw refused(error)
  } finally {
    client.release(!usable)
  }
}

/** What a table refuses is the backup's fault: its rows do not fit together. */
const refused = (error: unknown): unknown =>
  /^2[23]/.test(sqlState(error))
    ? new AppError('BACKUP_INVALID', `the backup cannot be used: ${error instanceof Error ? error.message : String(error)}`)
    : storeError(error)

async function holdsAnything(client: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM topology LIMIT 1')
  return rowCount !== 0
}

/** Versions may go once their topologies were deleted, so those are first. */
async function clear(client: pg.ClientBase): Promise<void> {
  await client.query('UPDATE topology SET floor = head, deleted_at = now()')
  for (const table of ['tag', 'idempotency', 'part', 'version', 'pruned_version', 'topology']) await client.query(`DELETE FROM ${table}`)
  for (;;) {
    const { rowCount } = await client.query('DELETE FROM content WHERE digest IN (SELECT digest FROM content ORDER BY digest LIMIT $1)', [
      atOnce,
    ])
    if (rowCount === 0) return
  }
}

async function putBack(client: pg.ClientBase, kept: AsyncIterable<Kept>): Promise<Restored> {
  const counts = { topologies: 0, versions: 0, contents: 0 }
  for await (const each of kept) {
    if (each.kind === 'CONTENT') {
      await writeContents(client, [each])
      counts.contents++
      continue
    }
    const inserted = await insertRows(client, each)
    if (each.table === 'topology') counts.topologies += inserted
    if (each.table === 'version') counts.versions += inserted
  }
  return counts
}

async function insertRows(client: pg.ClientBase, { table, lines }: Extract<Kept, { readonly kind: 'ROWS' }>): Promise<number> {
  const columns = tables.find(({ name }) => name === table)?.columns ?? ''
  const rows = `[${lines.toString('utf8').trimEnd().replaceAll('\n', ',')}]`
  const { rowCount } = await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1::json)`,
    [rows],
  )
  return rowCount ?? 0
}
