import type pg from 'pg'
import { readContents } from '../contents.js'
import { type Table, tables } from './tables.js'

export interface ListedContent {
  readonly digest: string
  /** Bytes when unpacked, and as stored. */
  readonly size: number
  readonly packed: number
}

/** Some rows of a table, one a line. */
export interface Piece {
  readonly table: string
  readonly ordinal: number
  readonly count: number
  readonly lines: Buffer
}

/** The store at one moment: its rows, and the contents that were asked for. */
export interface Cut {
  readonly contents: readonly (ListedContent & { readonly body: Uint8Array | undefined })[]
  readonly pieces: readonly Piece[]
}

const rowsInPiece = 200

export async function listContents(client: Pick<pg.ClientBase, 'query'>): Promise<readonly ListedContent[]> {
  const { rows } = await client.query<ListedContent>(
    `SELECT content.digest, content.size, sum(octet_length(chunk.body))::int AS packed
     FROM content JOIN chunk USING (digest) GROUP BY content.digest ORDER BY content.digest`,
  )
  return rows
}

/** Reads the cut in one transaction, to which everything stands still; nothing is awaited in it but the database. */
export async function cut(pool: pg.Pool, isMissing: (content: ListedContent) => boolean): Promise<Cut> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const missing = (await listContents(client)).filter(isMissing)
    const bodies = await readContents(
      client,
      missing.map(({ digest }) => digest),
    )
    const pieces: Piece[] = []
    for (const table of tables) for (const piece of await readRows(client, table)) pieces.push(piece)
    await client.query('COMMIT')
    client.release()
    return { contents: missing.map((content) => ({ ...content, body: bodies.get(content.digest) })), pieces }
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function readRows(client: pg.ClientBase, { name, columns, key }: Table): Promise<readonly Piece[]> {
  const rows = `SELECT ${columns} FROM ${name} ORDER BY ${key.join(', ')}`
  await client.query(`DECLARE given NO SCROLL CURSOR FOR SELECT row_to_json(row)::text AS line FROM (${rows}) AS row`)
  const pieces: Piece[] = []
  for (;;) {
    const fetched = await client.query<{ line: string }>(`FETCH ${rowsInPiece} FROM given`)
    if (fetched.rows.length === 0) break
    const lines = Buffer.from(fetched.rows.map(({ line }) => `${line}\n`).join(''))
    pieces.push({ table: name, ordinal: pieces.length + 1, count: fetched.rows.length, lines })
  }
  await client.query('CLOSE given')
  return pieces
}
