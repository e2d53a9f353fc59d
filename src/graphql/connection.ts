import type { Listed } from '#operations/page'

/** A page as GraphQL shows it: items with cursors, items alone, and where it ends. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[]
  readonly nodes: readonly T[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** An operation's page as a connection. */
export const connectionOf = <T>({ items, cursors, page }: Listed<T>): Connection<T> => ({
  edges: items.map((node, index) => ({ cursor: cursors[index] ?? '', node })),
  nodes: items,
  pageInfo: { hasNextPage: page.hasMore, endCursor: cursors.at(-1) ?? null },
})
