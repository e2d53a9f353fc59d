interface Page<T> {
  readonly items: readonly T[]
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean }
}

/** A list as REST answers with it. */
export interface Whole<T> {
  readonly items: T[]
  readonly page: Page<T>['page']
}

const largest = 100

/** A list from its first item on, `most` of them or all, page by page. */
export async function everyPage<T>(
  read: (first: number, after: string | undefined) => Promise<Page<T>>,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Whole<T>> {
  const found: T[] = []
  for (let after: string | undefined; ; ) {
    const { items, page } = await read(Math.min(largest, most - found.length), after)
    for (const item of items) found.push(item)
    if (page.nextCursor === null || found.length >= most) return { items: found, page }
    after = page.nextCursor
  }
}
