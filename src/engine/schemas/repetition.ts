import type { Schema } from './schema.js'
import { isRecord } from './record.js'

/** The first item that repeats one before it, in a list whose items, or certain fields of them, have to differ. */
export const faultOfRepetition = (
  schema: Schema,
  items: readonly unknown[],
): { readonly at: number; readonly says: string } | undefined => {
  const seen = new Map<string, number>()
  for (let at = 0; at < items.length; at += 1) {
    const key = keyOf(schema, items[at])
    if (key === undefined) continue
    const before = seen.get(key)
    if (before !== undefined) return { at, says: saying(schema, before) }
    seen.set(key, at)
  }
  return undefined
}

const saying = ({ keys }: Schema, before: number): string => {
  if (keys === undefined) return `repeats item ${before} of the list`
  return `repeats ${keys.map((key) => `\`${key}\``).join(' and ')} of item ${before} of the list`
}

/** What tells the item apart; undefined: nothing that could be compared. */
const keyOf = ({ keys, items }: Schema, item: unknown): string | undefined => {
  if (keys === undefined) return JSON.stringify(item)
  if (!isRecord(item)) return undefined
  return JSON.stringify(keys.map((key) => item[key] ?? items?.fields?.get(key)?.schema.fallback ?? null))
}
