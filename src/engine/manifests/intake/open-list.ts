import { isRecord } from '../raw-object.js'

type Data = Readonly<Record<string, unknown>>

export interface OpenedList {
  readonly items: readonly unknown[]
  /** An item as an object by itself. */
  readonly itemOf: (item: Data) => Data
}

const isStated = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** The kind of a list's items: `Service` of `ServiceList`, '' of a plain `List`, which says none. */
export const itemKindOf = (kind: string): string => kind.slice(0, -'List'.length)

export const isListKind = (kind: unknown): kind is string => typeof kind === 'string' && kind.endsWith('List')

/**
 * A `List`, or a `…List` as the API server answers with; undefined of what is none. As kubectl has it, an item that states neither kind nor
 * version has those of its list.
 */
export const openList = (value: Data): OpenedList | undefined => {
  const { apiVersion, kind, items } = value
  if (!isListKind(kind) || !(Array.isArray(items) || items === null)) return undefined
  const itemKind = itemKindOf(kind)
  return {
    items: (items as readonly unknown[] | null) ?? [],
    itemOf: (item) =>
      itemKind === '' || isStated(item.kind) || isStated(item.apiVersion) ? item : { ...item, apiVersion, kind: itemKind },
  }
}

/** The objects that a value holds: itself, or those of its lists, and of lists within these. */
export const objectsIn = (value: unknown): readonly Data[] => {
  if (!isRecord(value)) return []
  const list = openList(value)
  return list === undefined ? [value] : list.items.flatMap((item) => (isRecord(item) ? objectsIn(list.itemOf(item)) : []))
}
