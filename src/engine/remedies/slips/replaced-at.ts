/** The list with one of its items in another form. */
export const replacedAt = <T>(list: readonly T[], at: number, change: (item: T) => T): readonly T[] =>
  list.map((item, index) => (index === at ? change(item) : item))
