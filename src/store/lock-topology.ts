import type pg from 'pg'
import type { Compatibility } from './store.js'

export interface TopologyRow {
  readonly name: string
  readonly description: string | null
  readonly compatibility: Compatibility
  readonly created_at: Date
  readonly deleted_at: Date | null
  readonly head: number
  readonly floor: number
}

/**
 * The topology's row, locked until the transaction ends and made where there is none.
 *
 * A deleted one comes back as new, but its numbers go on: what it had before stays below its floor.
 */
export async function lockTopology(client: pg.ClientBase, name: string): Promise<{ readonly row: TopologyRow; readonly created: boolean }> {
  const { rowCount } = await client.query('INSERT INTO topology (name) VALUES ($1) ON CONFLICT (name) DO NOTHING', [name])
  const row = await only(client, 'SELECT * FROM topology WHERE name = $1 FOR UPDATE', name)
  if (row.deleted_at === null) return { row, created: rowCount === 1 }
  const revived = await only(
    client,
    `UPDATE topology SET deleted_at = NULL, created_at = now(), description = NULL, compatibility = 'NONE' WHERE name = $1 RETURNING *`,
    name,
  )
  return { row: revived, created: true }
}

async function only(client: pg.ClientBase, sql: string, name: string): Promise<TopologyRow> {
  const { rows } = await client.query<TopologyRow>(sql, [name])
  if (!rows[0]) throw new Error(`topology ${name} vanished while it was being locked`)
  return rows[0]
}

/** The number people see: 0 while the topology, created again perhaps, has no version. */
export const visibleHead = ({ head, floor }: { readonly head: number; readonly floor: number }): number => (head > floor ? head : 0)
