import type { Listed } from '#operations/page'

/** A page as GraphQL shows it: items with cursors, items alone, and where it begins and ends. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[]
  readonly nodes: readonly T[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

/** An operation's page as a connection; `after`: the cursor that it was asked for with. */
export const connectionOf = <T>({ items, cursors, page }: Listed<T>, after: string | null | undefined): Connection<T> => ({
  edges: items.map((node, index) => ({ cursor: cursors[index] ?? '', node })),
  nodes: items,
  pageInfo: {
    hasNextPage: page.hasMore,
    hasPreviousPage: Boolean(after),
    startCursor: cursors[0] ?? null,
    endCursor: cursors.at(-1) ?? null,
  },
})
