import { pause } from '../pause.js'
/** Fields that somebody wants of an answer: `true` for all of a field, a selection for parts of what it holds. */
export interface Selection {
  readonly [field: string]: true | Selection
}

/**
 * The wanted part of a plain answer: what is left out here need not be written, sent and read again.
 *
 * Lists are selected item by item. A field that is not wanted is absent, so the result has the answer's type only for those
 * who ask for nothing else.
 */
export function selectFields(value: unknown, selection: true | Selection): unknown {
  if (selection === true || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => selectItem(item, selection))
  const selected: Record<string, unknown> = {}
  for (const field in selection) {
    const held = (value as Readonly<Record<string, unknown>>)[field]
    if (held !== undefined) selected[field] = selectFields(held, selection[field] ?? true)
  }
  return selected
}

function selectItem(item: unknown, selection: Selection): unknown {
  pause()
  return selectFields(item, selection)
}
