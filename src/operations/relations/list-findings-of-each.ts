import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { Finding } from '#engine/model/report'
import type { Asking } from '../dependencies.js'
import { type FindingsInput, listedFindings, pageOfFindings } from '../questions/page-of-findings.js'
import { valueOf } from '../questions/value-of.js'
import type { Listed } from '../page.js'

/** A page of what is found about a service. */
export interface FindingsOfService extends FindingsInput {
  readonly of: { readonly host: string; readonly namespace: string }
}

/** What is found about each of these services, in the report's order. */
export async function listFindingsOfEach(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  inputs: readonly FindingsOfService[],
): Promise<readonly Listed<Finding>[]> {
  admit(caller, 'listFindingsOfEach')
  const pages = inputs.map((input) => ({ ...pageOfFindings(input), of: input.of }))
  const answered = valueOf(await analyst.ask('findings', { at: now(), pages, view: viewFor(caller, version) }, version))
  return pages.map((page, index) => listedFindings(page, answered[index]))
}
