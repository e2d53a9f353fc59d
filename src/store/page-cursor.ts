import { AppError } from '#engine/model/app-error'

/** Where a page ended, opaque to clients; `list` keeps one list's cursors from being used for another. */
export const encodeCursor = (list: string, position: string): string => Buffer.from(`${list}:${position}`).toString('base64url')

/** Rejects with CURSOR_INVALID what `encodeCursor` did not make for this list. */
export function decodeCursor(list: string, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  const position = text.slice(list.length + 1)
  if (position === '' || encodeCursor(list, position) !== cursor) {
    throw new AppError('CURSOR_INVALID', 'the cursor is not one that this list gave out')
  }
  return position
}

/** The same for lists whose positions are version numbers. */
export function decodeNumber(list: string, cursor: string): number {
  const number = Number(decodeCursor(list, cursor))
  if (!Number.isInteger(number) || number < 1 || number >= 2 ** 31) {
    throw new AppError('CURSOR_INVALID', 'the cursor is not one that this list gave out')
  }
  return number
}
