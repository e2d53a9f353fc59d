import type { SentAssertions, VersionContent } from '#analyst/analyst'
import type { WorkSignal } from '#engine/model/work-signal'

/** What a report is held to and against, besides what the document itself says. */
export interface Held {
  readonly assertions?: SentAssertions | undefined
  /** The version whose report tells what is new. */
  readonly baseline?: VersionContent | undefined
  readonly signal?: WorkSignal | undefined
}
