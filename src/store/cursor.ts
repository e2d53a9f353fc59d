import { AppError } from '#engine/model/app-error'
import { cursorOf, keyOf } from '#engine/model/stored/cursor'

/** Where a page ended; `list` keeps one list's cursors from being used for another. */
export const encodeCursor = (list: string, position: string): string => cursorOf(`${list}:${position}`)

/** Rejects with CURSOR_INVALID what `encodeCursor` did not make for this list. */
export function decodeCursor(list: string, cursor: string): string {
  const key = keyOf(cursor)
  // No position holds a zero character, and a server refuses one as text.
  if (key === undefined || key.includes('\0') || !key.startsWith(`${list}:`)) throw invalid()
  return key.slice(list.length + 1)
}

/** The same for lists whose positions are version numbers. */
export function decodeNumber(list: string, cursor: string): number {
  const number = Number(decodeCursor(list, cursor))
  if (!Number.isInteger(number) || number < 1 || number >= 2 ** 31) throw invalid()
  return number
}

const invalid = (): AppError => new AppError('CURSOR_INVALID', 'the cursor is not one that this list gave out')
