// Bodies of up to tens of megabytes, one chunk a row: no single statement is large enough to hold up the event loop.
// They go through the driver as bytes, not through Prisma, whose protocol would turn them into JSON text.

import type pg from 'pg'
import type { Content } from './store.js'

/** Bytes in one row; read and written in statements of about as many. */
const chunkSize = 256 * 1024

interface Chunk {
  readonly digest: string
  readonly ordinal: number
  readonly body: Uint8Array
}

/**
 * Stores the contents that are not there yet and leaves the others alone.
 *
 * INVARIANT: always in the order of their digests, so that two writers of the same contents do not wait for each other crosswise.
 */
export async function writeContents(client: pg.ClientBase, contents: readonly Content[]): Promise<void> {
  const sorted = [...new Map(contents.map((content) => [content.digest, content])).values()].sort((a, b) => (a.digest < b.digest ? -1 : 1))
  if (sorted.length === 0) return
  const { rows } = await client.query<{ digest: string }>(
    `INSERT INTO content (digest, size) SELECT digest, size FROM unnest($1::text[], $2::int[]) AS given(digest, size)
     ON CONFLICT (digest) DO NOTHING RETURNING digest`,
    [sorted.map(({ digest }) => digest), sorted.map(({ size }) => size)],
  )
  const added = new Set(rows.map(({ digest }) => digest))
  const chunks = sorted.filter(({ digest }) => added.has(digest)).flatMap(cut)
  for (const group of grouped(chunks, ({ body }) => body.length)) await writeChunks(client, group)
}

async function writeChunks(client: pg.ClientBase, chunks: readonly Chunk[]): Promise<void> {
  const places = chunks.map((_, index) => `($${3 * index + 1}, $${3 * index + 2}, $${3 * index + 3})`)
  const values = chunks.flatMap(({ digest, ordinal, body }) => [
    digest,
    ordinal,
    Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  ])
  await client.query(`INSERT INTO chunk (digest, ordinal, body) VALUES ${places.join(', ')}`, values)
}

/** Bodies by digest; a missing one is left out. */
export async function readContents(
  client: Pick<pg.ClientBase, 'query'>,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const listed = await client.query<{ digest: string; ordinal: number; length: number }>(
    'SELECT digest, ordinal, octet_length(body) AS length FROM chunk WHERE digest = ANY($1) ORDER BY digest, ordinal',
    [digests],
  )
  const bodies = new Map<string, Buffer[]>()
  for (const group of grouped(listed.rows, ({ length }) => length)) {
    const { rows } = await client.query<{ digest: string; body: Buffer }>(
      `SELECT chunk.digest, chunk.body FROM unnest($1::text[], $2::int[]) AS asked(digest, ordinal)
       JOIN chunk USING (digest, ordinal) ORDER BY digest, ordinal`,
      [group.map(({ digest }) => digest), group.map(({ ordinal }) => ordinal)],
    )
    for (const { digest, body } of rows) bodies.set(digest, [...(bodies.get(digest) ?? []), body])
  }
  return new Map([...bodies].map(([digest, parts]) => [digest, parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts)]))
}

/** Which of these are stored? */
export async function knownContents(pool: pg.Pool, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ digest: string }>('SELECT digest FROM content WHERE digest = ANY($1)', [digests])
  return new Set(rows.map(({ digest }) => digest))
}

/**
 * Lets go of contents that no version has any more.
 *
 * INVARIANT: two statements. The first waits for appends that are about to refer to one of these; only the second, which
 * sees what they committed, decides.
 */
export async function deleteUnused(client: pg.ClientBase, digests: readonly string[]): Promise<void> {
  await client.query('SELECT FROM content WHERE digest = ANY($1) ORDER BY digest FOR UPDATE', [digests])
  await client.query(
    `DELETE FROM content WHERE digest = ANY($1)
     AND NOT EXISTS (SELECT FROM part WHERE part.digest = content.digest)
     AND NOT EXISTS (SELECT FROM part WHERE part.places_digest = content.digest)
     AND NOT EXISTS (SELECT FROM version WHERE version.places_digest = content.digest)`,
    [digests],
  )
}

function cut({ digest, body }: Content): readonly Chunk[] {
  const count = Math.max(1, Math.ceil(body.length / chunkSize))
  return Array.from({ length: count }, (_, ordinal) => ({
    digest,
    ordinal,
    body: body.subarray(ordinal * chunkSize, (ordinal + 1) * chunkSize),
  }))
}

/** Neighbours together, as long as they weigh no more than one chunk may and are few enough for one statement. */
function grouped<T>(items: readonly T[], weigh: (item: T) => number): readonly (readonly T[])[] {
  const groups: T[][] = []
  let weight = Number.POSITIVE_INFINITY
  for (const item of items) {
    const last = groups.at(-1)
    weight += weigh(item)
    if (last && weight <= chunkSize && last.length < 500) last.push(item)
    else {
      groups.push([item])
      weight = weigh(item)
    }
  }
  return groups
}
