import type { Database } from '../database.js'
import { decodeCursor, encodeCursor } from '../cursor.js'
import { tell } from './audit.js'
import type { By, NewToken, PageOf, PageRequest, StoredToken } from '../store.js'
import { guarded } from '../store-error.js'
import { commit, inTransaction, rollBack } from '../transaction.js'

interface Row {
  readonly id: string
  readonly digest: Buffer
  readonly name: string
  readonly scopes: StoredToken['scopes']
  readonly topologies: readonly string[]
  readonly of_tenants: boolean
  readonly tenants: readonly string[]
  readonly created_at: Date
  readonly created_by: string
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}

const columns =
  'id, digest, name, scopes::text[] AS scopes, topologies, of_tenants, tenants, created_at, created_by, expires_at, revoked_at'

export async function createToken(database: Database, token: NewToken, by: By): Promise<StoredToken> {
  const { id, digest, name, scopes, topologies, tenants, createdBy, expiresAt } = token
  await guarded(() => database.requireSpace(0))
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<Row>(
      `INSERT INTO token (id, digest, name, scopes, topologies, of_tenants, tenants, created_by, expires_at)
       VALUES ($1, $2, $3, $4::text[]::scope[], $5, $6, $7, $8, $9) RETURNING ${columns}`,
      [id, Buffer.from(digest), name, scopes, topologies, tenants !== undefined, tenants ?? [], createdBy, expiresAt],
    )
    const [row] = rows
    if (row === undefined) throw new Error('the database did not return the row it inserted')
    await tell(client, by, { subject: id })
    return commit(tokenOf(row))
  })
}

export async function findToken({ pool }: Database, digest: Uint8Array): Promise<StoredToken | undefined> {
  const { rows } = await guarded(() => pool.query<Row>(`SELECT ${columns} FROM token WHERE digest = $1`, [Buffer.from(digest)]))
  return rows[0] && tokenOf(rows[0])
}

/** By id, revoked and expired ones among them. */
export async function listTokens({ pool }: Database, { first, after }: PageRequest): Promise<PageOf<StoredToken>> {
  const id = after === undefined ? '' : decodeCursor('tokens', after)
  const { rows } = await guarded(() => pool.query<Row>(`SELECT ${columns} FROM token WHERE id > $1 ORDER BY id LIMIT $2`, [id, first + 1]))
  const items = rows.slice(0, first).map(tokenOf)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > first && last ? encodeCursor('tokens', last.id) : null }
}

/** False when there is no such token; one that was revoked before stays so since then. */
export const revokeToken = ({ pool }: Database, id: string, by: By): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('UPDATE token SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL', [id])
    if (rowCount === 1) {
      await tell(client, by, { subject: id })
      return commit(true)
    }
    const { rows } = await client.query('SELECT 1 FROM token WHERE id = $1', [id])
    return rollBack(rows.length === 1)
  })

const tokenOf = (row: Row): StoredToken => ({
  id: row.id,
  digest: row.digest,
  name: row.name,
  scopes: row.scopes,
  topologies: row.topologies,
  tenants: row.of_tenants ? row.tenants : undefined,
  createdAt: row.created_at,
  createdBy: row.created_by,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
})
