import { AppError } from '#engine/model/app-error'
import { cursorOf, keyOf } from '#engine/model/stored/cursor'

export const mostItems = 100

/** A page as asked for: `first` is 20 unless given and at most 100, `after` a cursor of an earlier page. */
export interface PageInput {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** One page of a list; `cursors[i]` continues after `items[i]`. */
export interface Listed<T> {
  readonly items: readonly T[]
  readonly cursors: readonly string[]
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean }
}

/** The page with its default and limit applied, the cursor as it came. */
export function boundPage(input: PageInput): { readonly first: number; readonly after: string | undefined } {
  const first = input.first ?? 20
  if (!Number.isInteger(first) || first < 1 || first > mostItems) {
    throw new AppError('PARAMETER_INVALID', `\`first\` is \`${first}\`; it must be a whole number from 1 to ${mostItems}`, {
      errors: [{ code: 'OUT_OF_RANGE', detail: `\`first\` must be from 1 to ${mostItems}`, parameter: 'first' }],
    })
  }
  return { first, after: input.after ?? undefined }
}

/** The same, the cursor decoded to the key it stands for. */
export function readPage(input: PageInput): { readonly first: number; readonly after: string | undefined } {
  const { first, after } = boundPage(input)
  if (after === undefined) return { first, after }
  const key = keyOf(after)
  if (key === undefined) throw new AppError('CURSOR_INVALID', `\`${after.slice(0, 80)}\` is not a cursor of this service`)
  return { first, after: key }
}

/** A page with cursors, from its items, each item's key, and whether more follow. */
export function listed<T>(items: readonly T[], keyOfItem: (item: T) => string, hasMore: boolean): Listed<T> {
  const cursors = items.map((item) => cursorOf(keyOfItem(item)))
  return { items, cursors, page: { nextCursor: hasMore ? (cursors.at(-1) ?? null) : null, hasMore } }
}
