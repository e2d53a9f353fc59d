import type { TopologySummary, VersionSummary } from '#engine/model/stored/stored-version'
import type { Whole } from '../every-page.js'
import type { VersionName } from '../version-name.js'

/** What is done with topologies and their versions, wherever they are kept. */
export interface Topologies {
  list(): Promise<Whole<TopologySummary>>
  /** Versions, the newest first: so many of them, or all. */
  history(topology: string, most: number | undefined): Promise<Whole<VersionSummary>>
  tag(version: VersionName, tag: string): Promise<VersionSummary>
  delete(topology: string): Promise<void>
}
