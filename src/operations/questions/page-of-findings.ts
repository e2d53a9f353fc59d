import type { FindingPage, FindingsAsked } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { FindingFilter } from '#engine/model/report'
import type { Finding } from '#engine/model/report'
import { type Listed, listed, type PageInput, readPage } from '../page.js'

/** A page of findings: of all, or of those that `filter` takes. */
export interface FindingsInput extends PageInput {
  readonly filter?: FindingFilter | null | undefined
}

/** As the analyst is asked for it. Cursors are positions, which a version never changes. */
export function pageOfFindings({ filter, ...input }: FindingsInput): Pick<FindingsAsked, 'start' | 'first' | 'filter'> {
  const { first, after } = readPage(input)
  const start = after === undefined ? 0 : Number(after) + 1
  if (!Number.isInteger(start)) throw new AppError('CURSOR_INVALID', 'the cursor is not one of a list of findings')
  return { start, first, filter }
}

/** With its cursors. */
export function listedFindings({ start }: Pick<FindingsAsked, 'start'>, page: FindingPage | undefined): Listed<Finding> {
  const { items, hasMore } = page ?? { items: [], hasMore: false }
  const positions = new Map(items.map((finding, index) => [finding, start + index]))
  return listed(items, (finding) => String(positions.get(finding)), hasMore)
}
