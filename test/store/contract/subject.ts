import type { Appended, Store } from '#store/store'

/** What a contract is checked on: an open store, and names that nobody has used yet. */
export interface Subject {
  readonly store: () => Store
  readonly fresh: () => string
}

export const numberOf = (appended: Appended): number | undefined => ('version' in appended ? appended.version.number : undefined)
