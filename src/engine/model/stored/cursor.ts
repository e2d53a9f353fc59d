/** A cursor is the key of the last item seen (a name, a number, `host namespace`), encoded so that nobody builds on it. */
export const cursorOf = (key: string): string => Buffer.from(key, 'utf8').toString('base64url')

/** The key inside a cursor; undefined for text that no cursor of ours looks like. */
export function keyOf(cursor: string): string | undefined {
  const key = Buffer.from(cursor, 'base64url').toString('utf8')
  return key.length > 0 && cursorOf(key) === cursor ? key : undefined
}
