import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { Finding } from '#engine/model/report'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'
import { type Listed, listed, type PageInput, readPage } from '../page.js'

/** Findings of a version in the report's order; the key is the position, which a version never changes. */
export async function listFindings({ analyst, now, caller }: Asking, version: VersionContent, page: PageInput): Promise<Listed<Finding>> {
  admit(caller, 'listFindings')
  const { first, after } = readPage(page)
  const start = after === undefined ? 0 : Number(after) + 1
  if (!Number.isInteger(start)) throw new AppError('CURSOR_INVALID', 'the cursor is not one of a list of findings')
  const { items, hasMore } = valueOf(await analyst.ask('findings', { at: now(), start, first, view: viewFor(caller, version) }, version))
  const positions = new Map(items.map((finding, index) => [finding, start + index]))
  return listed(items, (finding) => String(positions.get(finding)), hasMore)
}
