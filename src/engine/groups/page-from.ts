import { cursorOf, keyOf } from '../model/stored/cursor.js'
import type { Page } from '../model/visibility.js'

interface Asked {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

const usualFirst = 20

/** The page behind the cursor, which is a position: a version never changes. */
export function pageFrom<T>(all: readonly T[], { first, after }: Asked): { readonly items: T[]; readonly page: Page } {
  const start = after ? Number(keyOf(after) ?? Number.NaN) : 0
  const end = start + (first ?? usualFirst)
  const hasMore = end < all.length
  return { items: all.slice(start, end), page: { nextCursor: hasMore ? cursorOf(`${end}`) : null, hasMore } }
}
