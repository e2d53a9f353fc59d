import type { Database } from './database.js'
import { lockTopology, type TopologyRow, visibleHead } from './lock-topology.js'
import { decodeCursor, encodeCursor } from './cursor.js'
import type { PageOf, PageRequest, Store, Topology } from './store.js'
import { guarded } from './store-error.js'
import { commit, inTransaction } from './transaction.js'

type Change = Parameters<Store['putTopology']>[1]

/** Creates the topology or changes what is given; what is not given stays. */
export async function putTopology(
  database: Database,
  name: string,
  change: Change,
): Promise<{ readonly topology: Topology; readonly created: boolean }> {
  await guarded(() => database.requireSpace(0))
  return inTransaction(database.pool, async (client) => {
    const { row, created } = await lockTopology(client, name)
    const { rows } = await client.query<TopologyRow>(
      'UPDATE topology SET description = $2, compatibility = $3::compatibility WHERE name = $1 RETURNING *',
      [name, change.description === undefined ? row.description : change.description, change.compatibility ?? row.compatibility],
    )
    const { created_at: createdAt, ...stored } = rows[0] ?? row
    return commit({ topology: topologyOf({ ...stored, createdAt }), created })
  })
}

/** The living among these topologies; the others are left out. */
export async function findTopologies({ prisma }: Database, names: readonly string[]): Promise<ReadonlyMap<string, Topology>> {
  const rows = await guarded(() => prisma.topology.findMany({ where: { name: { in: [...names] }, deletedAt: null } }))
  return new Map(rows.map((row) => [row.name, topologyOf(row)]))
}

/** A page of the topologies by name, in the order of their bytes. */
export async function listTopologies({ prisma }: Database, { first, after }: PageRequest): Promise<PageOf<Topology>> {
  const name = after === undefined ? {} : { name: { gt: decodeCursor('topologies', after) } }
  const rows = await guarded(() =>
    prisma.topology.findMany({ where: { deletedAt: null, ...name }, orderBy: { name: 'asc' }, take: first + 1 }),
  )
  const items = rows.slice(0, first).map(topologyOf)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > first && last ? encodeCursor('topologies', last.name) : null }
}

type Stored = Omit<Topology, 'head'> & { readonly head: number; readonly floor: number }

const topologyOf = ({ name, description, compatibility, createdAt, head, floor }: Stored): Topology => ({
  name,
  description,
  compatibility,
  createdAt,
  head: visibleHead({ head, floor }),
})
