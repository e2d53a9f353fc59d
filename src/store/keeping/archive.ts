/**
 * A backup is a tar archive, so that it can be looked into without this program:
 *
 *     backup.json                      what it is: `{ "format": 1, "createdAt": … }`
 *     contents/DIGEST.SIZE.gz          each content once, as it is stored: SIZE bytes when unpacked, with this SHA-256
 *     rows/TABLE/N.ndjson              rows, one a line, in the order of `tables`
 *     end.json                         how much there is of each, and the SHA-256 of all rows: without it the archive is cut off
 */
import { createHash, type Hash } from 'node:crypto'

export const format = 1

export interface Head {
  readonly format: number
  readonly createdAt: string
}

export interface End {
  readonly contents: number
  /** By table. */
  readonly rows: Readonly<Record<string, number>>
  readonly sha256: string
}

export const contentName = (digest: string, size: number): string => `contents/${digest}.${size}.gz`
export const rowsName = (table: string, ordinal: number): string => `rows/${table}/${`${ordinal}`.padStart(5, '0')}.ndjson`

export type ArchiveEntry =
  | { readonly kind: 'HEAD' }
  | { readonly kind: 'END' }
  | { readonly kind: 'CONTENT'; readonly digest: string; readonly size: number }
  | { readonly kind: 'ROWS'; readonly table: string }

/** What stands under this name; undefined: nothing that a backup holds. */
export function entryNamed(name: string): ArchiveEntry | undefined {
  if (name === 'backup.json') return { kind: 'HEAD' }
  if (name === 'end.json') return { kind: 'END' }
  const [, digest, size] = /^contents\/((?:sha256:)?[0-9a-f]{64})\.(\d{1,12})\.gz$/.exec(name) ?? []
  if (digest !== undefined) return { kind: 'CONTENT', digest, size: Number(size) }
  const [, table] = /^rows\/(\w+)\/\d+\.ndjson$/.exec(name) ?? []
  return table === undefined ? undefined : { kind: 'ROWS', table }
}

/** Counts what goes into an archive, or comes out of one. */
export interface Tally {
  content(): void
  rows(table: string, lines: Uint8Array, count: number): void
  end(): End
}

export function createTally(): Tally {
  const hash: Hash = createHash('sha256')
  const rows: Record<string, number> = {}
  let contents = 0
  return {
    content: () => void contents++,
    rows: (table, lines, count) => {
      hash.update(`${table}\n`).update(lines)
      rows[table] = (rows[table] ?? 0) + count
    },
    end: () => ({ contents, rows, sha256: hash.copy().digest('hex') }),
  }
}
