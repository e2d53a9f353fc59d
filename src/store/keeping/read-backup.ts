import { once } from 'node:events'
import { type Extract as Unpacking, extract, type Header } from 'tar-stream'
import { AppError } from '#engine/model/app-error'
import { type ArchiveEntry, createTally, type End, entryNamed, format, type Head, type Tally } from './archive.js'
import { digestOfPacked } from './digest-of-packed.js'
import { tables } from './tables.js'

/** What is put back, in the order of the archive: contents, then rows table by table. */
export type Kept =
  | { readonly kind: 'CONTENT'; readonly digest: string; readonly size: number; readonly body: Buffer }
  /** Rows as JSON, one a line. */
  | { readonly kind: 'ROWS'; readonly table: string; readonly lines: Buffer }

/** Reads a backup and checks it on the way; BACKUP_INVALID as soon as something is not as it was written, at the latest at its end. */
export async function* readBackup(source: AsyncIterable<Uint8Array>): AsyncGenerator<Kept> {
  const entries = extract()
  const flowing = pour(source, entries).catch((error: Error) => entries.destroy(error))
  const tally = createTally()
  let [begun, ended] = [false, false]
  try {
    for await (const entry of entries) {
      const named = expected(entry, begun, ended)
      if (named.kind === 'HEAD') begun = isReadable(await jsonIn<Head>(entry))
      else if (named.kind === 'END') ended = agrees(await jsonIn<End>(entry), tally.end())
      else yield await (named.kind === 'CONTENT' ? content(entry, named, tally) : rows(entry, named, tally))
    }
  } catch (error) {
    throw error instanceof AppError ? error : invalid(String(error))
  } finally {
    entries.destroy()
    await flowing
  }
  if (!ended) throw invalid(begun ? 'it is cut off' : 'it is no backup')
}

const invalid = (detail: string): AppError => new AppError('BACKUP_INVALID', `the backup cannot be used: ${detail}`)

function expected({ header: { name } }: Entry, begun: boolean, ended: boolean): ArchiveEntry {
  const named = entryNamed(name)
  if (named === undefined || ended) throw invalid(`\`${name}\` is nothing that a backup holds here`)
  if (!begun && named.kind !== 'HEAD') throw invalid('it does not begin as a backup does')
  return named
}

function isReadable(head: Head): true {
  if (head.format !== format) throw invalid(`its format is ${head.format}, and this program reads format ${format}`)
  return true
}

function agrees(stated: End, counted: End): true {
  if (stated.sha256 !== counted.sha256 || stated.contents !== counted.contents) throw invalid('it does not hold what was written into it')
  return true
}

/** A file of the archive, as it comes. */
interface Entry {
  readonly header: Header
}

async function pour(source: AsyncIterable<Uint8Array>, into: Unpacking): Promise<void> {
  for await (const chunk of source) {
    if (into.destroying) return
    if (!into.write(chunk)) await Promise.race([once(into, 'drain'), once(into, 'close')])
  }
  into.end(null)
}

async function bytesOf(entry: Entry): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of entry as unknown as AsyncIterable<Uint8Array>) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function content(entry: Entry, { digest, size }: { digest: string; size: number }, tally: Tally): Promise<Kept> {
  const body = await bytesOf(entry)
  if ((await digestOfPacked([body], size)) !== digest) throw invalid(`content \`${digest}\` is damaged`)
  tally.content()
  return { kind: 'CONTENT', digest, size, body }
}

async function rows(entry: Entry, { table }: { readonly table: string }, tally: Tally): Promise<Kept> {
  if (!tables.some(({ name }) => name === table)) throw invalid(`it has rows of \`${table}\`, which this program does not keep`)
  const lines = await bytesOf(entry)
  tally.rows(
    table,
    lines,
    lines.reduce((count, byte) => (byte === 10 ? count + 1 : count), 0),
  )
  return { kind: 'ROWS', table, lines }
}

/** A few numbers and words, however long the entry is said to be. */
async function jsonIn<T>(entry: Entry): Promise<T> {
  if (entry.header.size > 64 * 1024) throw invalid(`\`${entry.header.name}\` is too long`)
  return JSON.parse((await bytesOf(entry)).toString('utf8')) as T
}
