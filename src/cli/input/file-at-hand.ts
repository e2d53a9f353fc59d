import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import type { Upload } from '#analyst/analyst'
import { failure } from '../failure.js'
import { spareMemory } from './spare-memory.js'

type SuppliedFile = NonNullable<Upload['files']>[number]

/** A file on this machine, read whenever it is asked for, so that nobody has to hold it; one that is another by then is refused. */
export function fileAtHand(file: string, told: Omit<SuppliedFile, 'body' | 'isReread'>): SuppliedFile {
  let first: string | undefined
  return {
    ...told,
    isReread: true,
    get body() {
      const { body, before, after } = readWhole(file)
      first ??= before
      spareMemory(body.byteLength)
      if (after !== first) throw failure('input', `\`${file}\` was changed while it was read: ask once more`)
      return body
    },
  }
}

interface Whole {
  readonly body: Uint8Array
  readonly before: string
  readonly after: string
}

function readWhole(file: string): Whole {
  const opened = openSync(file, 'r')
  try {
    const before = stateOf(opened)
    const body = readFileSync(opened)
    return { body, before, after: stateOf(opened) }
  } finally {
    closeSync(opened)
  }
}

/** Nobody writes to a file, or puts another in its place, and leaves all of these. */
function stateOf(opened: number): string {
  const { dev, ino, size, ctimeNs, mtimeNs } = fstatSync(opened, { bigint: true })
  return [dev, ino, size, ctimeNs, mtimeNs].join(' ')
}
