import { once } from 'node:events'
import { type Pack, pack as createPack } from 'tar-stream'
import { readContents } from '../contents.js'
import type { Database } from '../database.js'
import { storeError } from '../store-error.js'
import { contentName, createTally, format, type Head, rowsName } from './archive.js'
import { cut, type ListedContent, listContents } from './cut.js'

/** Contents that weigh less are read while everything else stands still; others before, when nothing has to. */
const small = 8 * 1024 * 1024
const mostRounds = 20

/**
 * The whole store as a backup (archive.ts), consistent as of one moment near the end, while others go on writing.
 *
 * Contents never change, so most are written before that moment, in rounds of what has come since the round before. The cut itself is one
 * short transaction that reads every row and the few contents still missing into memory: nobody waits for whoever takes the backup.
 */
export async function* writeBackup(database: Database): AsyncGenerator<Uint8Array> {
  const pack = createPack()
  const writing = write(database, pack).catch((error: unknown) => pack.destroy(storeError(error) as Error))
  try {
    yield* pack as AsyncIterable<unknown> as AsyncIterable<Uint8Array>
  } finally {
    pack.destroy()
    await writing
  }
}

async function write({ pool }: Database, pack: Pack): Promise<void> {
  const tally = createTally()
  const written = new Set<string>()
  const isMissing = ({ digest }: ListedContent): boolean => !written.has(digest)
  const writeContent = async ({ digest, size }: ListedContent, body: Uint8Array | undefined): Promise<void> => {
    // One that has gone since, with the last version that had it.
    if (body === undefined) return
    await writeEntry(pack, contentName(digest, size), body)
    written.add(digest)
    tally.content()
  }
  await writeEntry(pack, 'backup.json', jsonOf({ format, createdAt: new Date().toISOString() } satisfies Head))
  for (let round = 1; round <= mostRounds; round++) {
    const missing = (await listContents(pool)).filter(isMissing)
    if (missing.reduce((sum, { packed }) => sum + packed, 0) <= small) break
    for (const content of missing) await writeContent(content, (await readContents(pool, [content.digest])).get(content.digest))
  }
  const { contents, pieces } = await cut(pool, isMissing)
  for (const { body, ...content } of contents) await writeContent(content, body)
  for (const { table, ordinal, count, lines } of pieces) {
    await writeEntry(pack, rowsName(table, ordinal), lines)
    tally.rows(table, lines, count)
  }
  await writeEntry(pack, 'end.json', jsonOf(tally.end()))
  pack.finalize()
}

const jsonOf = (value: object): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`)

/** Resolves when the reader has taken it. */
async function writeEntry(pack: Pack, name: string, body: Uint8Array): Promise<void> {
  const entry = pack.entry({ name, size: body.byteLength, mode: 0o600 })
  const closed = once(entry, 'close')
  entry.end(body)
  await closed
}
