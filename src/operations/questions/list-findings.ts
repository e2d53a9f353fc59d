import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { Finding } from '#engine/model/report'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'
import { type FindingsInput, listedFindings, pageOfFindings } from './page-of-findings.js'
import type { Listed } from '../page.js'

/** Findings of a version in the report's order. */
export async function listFindings(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  input: FindingsInput,
): Promise<Listed<Finding>> {
  admit(caller, 'listFindings')
  const page = pageOfFindings(input)
  const answered = valueOf(await analyst.ask('findings', { at: now(), pages: [page], view: viewFor(caller, version) }, version))
  return listedFindings(page, answered[0])
}
