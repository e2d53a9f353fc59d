import { closeSync, fstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import type { Upload } from '#analyst/analyst'
import { failure } from '../failure.js'
import { spareMemory } from './spare-memory.js'

type SuppliedFile = NonNullable<Upload['files']>[number]

/** A file on this machine, read whenever it is asked for, so that nobody has to hold it; one that is another by then is refused. */
export function fileAtHand(file: string, told: Omit<SuppliedFile, 'body' | 'isReread'>): SuppliedFile {
  let first: Stats | undefined
  return {
    ...told,
    isReread: true,
    get body() {
      const opened = openSync(file, 'r')
      try {
        first ??= fstatSync(opened)
        const body = readFileSync(opened)
        if (!isSame(first, fstatSync(opened))) throw failure('input', `\`${file}\` was changed while it was read: ask once more`)
        spareMemory(body.byteLength)
        return body
      } finally {
        closeSync(opened)
      }
    },
  }
}

/** Nobody writes to a file, or puts another in its place, and leaves all of these. */
const isSame = (one: Stats, other: Stats): boolean =>
  one.ctimeMs === other.ctimeMs &&
  one.mtimeMs === other.mtimeMs &&
  one.size === other.size &&
  one.ino === other.ino &&
  one.dev === other.dev
