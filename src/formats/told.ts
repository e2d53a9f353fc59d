import type { Check } from '#engine/model/check'
import type { Report } from '#engine/model/report'

/** What is written: a report, or a check of which it is part, and what the writer needs to know besides. */
export interface Told {
  readonly report: Report
  /** Where a candidate was checked: its verdict stands above the report's. */
  readonly check?: Check
  /** The directory of the document, which its files are told relative to; tools compare paths with the root that a job runs in. */
  readonly base?: string
  /** Of this program. */
  readonly version: string
  /** The page of a code, as Markdown; undefined: there is none. */
  pageOf(code: string): string | undefined
}

/** The verdict that the exit code follows. */
export const verdictOf = ({ report, check }: Told): string => check?.verdict ?? report.verdict
