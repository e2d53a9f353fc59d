import type { Database } from './database.js'
import { lockTopology, type TopologyRow, visibleHead } from './lock-topology.js'
import { decodeCursor, encodeCursor } from './cursor.js'
import { tell } from './access/audit.js'
import type { By, PageOf, PageRequest, Store, Topology } from './store.js'
import { guarded } from './store-error.js'
import { commit, inTransaction } from './transaction.js'

type Change = Parameters<Store['putTopology']>[1]

/** Creates the topology or changes what is given; what is not given stays. */
export async function putTopology(
  database: Database,
  name: string,
  change: Change,
  by: By,
): Promise<{ readonly topology: Topology; readonly created: boolean }> {
  await guarded(() => database.requireSpace(0))
  return inTransaction(database.pool, async (client) => {
    const { row, created } = await lockTopology(client, name)
    const { rows } = await client.query<TopologyRow>(
      'UPDATE topology SET description = $2, compatibility = $3::compatibility WHERE name = $1 RETURNING *',
      [name, change.description === undefined ? row.description : change.description, change.compatibility ?? row.compatibility],
    )
    const { created_at: createdAt, ...stored } = rows[0] ?? row
    await tell(client, by, { topology: name })
    return commit({ topology: topologyOf({ ...stored, createdAt }), created })
  })
}

/** The living among these topologies; the others are left out. */
export async function findTopologies({ prisma }: Database, names: readonly string[]): Promise<ReadonlyMap<string, Topology>> {
  const rows = await guarded(() => prisma.topology.findMany({ where: { name: { in: [...names] }, deletedAt: null } }))
  return new Map(rows.map((row) => [row.name, topologyOf(row)]))
}

/** A page of the topologies by name, in the order of their bytes; of those that one of the patterns covers. */
export async function listTopologies(
  { pool }: Database,
  { first, after }: PageRequest,
  patterns: readonly string[],
): Promise<PageOf<Topology>> {
  const name = after === undefined ? '' : decodeCursor('topologies', after)
  const { rows } = await guarded(() =>
    pool.query<TopologyRow>('SELECT * FROM topology WHERE deleted_at IS NULL AND name > $1 AND name LIKE ANY($2) ORDER BY name LIMIT $3', [
      name,
      patterns.map(likePattern),
      first + 1,
    ]),
  )
  const items = rows.slice(0, first).map(({ created_at: createdAt, ...row }) => topologyOf({ ...row, createdAt }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > first && last ? encodeCursor('topologies', last.name) : null }
}

/** What SQL takes for any characters is no part of a name, and means itself. */
const likePattern = (pattern: string): string => pattern.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%')

type Stored = Omit<Topology, 'head'> & { readonly head: number; readonly floor: number }

const topologyOf = ({ name, description, compatibility, createdAt, head, floor }: Stored): Topology => ({
  name,
  description,
  compatibility,
  createdAt,
  head: visibleHead({ head, floor }),
})
