import { pause } from '../pause.js'
import type { ListPage, ListRequest } from './inventory.js'

/** The items behind `after` of a list that is sorted by key; a key that is gone still says where to go on. */
export function pageOf<T extends { readonly key: string }>(sorted: readonly T[], { first, after }: ListRequest): ListPage<T> {
  const start = after === undefined ? 0 : firstBehind(sorted, after)
  return { items: sorted.slice(start, start + first), hasMore: start + first < sorted.length }
}

function firstBehind(sorted: readonly { readonly key: string }[], after: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = sorted[middle]
    if (item !== undefined && item.key <= after) low = middle + 1
    else high = middle
  }
  return low
}

export const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => {
  pause()
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}
