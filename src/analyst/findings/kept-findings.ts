import type { Finding } from '#engine/model/report'
import { turnBefore } from '#engine/rules/turn-before'
import type { Snapshot } from '#engine/snapshot/snapshot'

/** What reports on versions find, for those who turn pages, and look at one service after the other. */
export interface KeptFindings {
  find(about: Reported): readonly Finding[] | undefined
  keep(about: Reported, findings: readonly Finding[]): void
}

/** All that findings are made of. */
interface Reported {
  readonly snapshot: Snapshot
  /** Where what is named stands belongs to the version, of which several may hold the same. */
  readonly places: object
  /** Milliseconds since the epoch. */
  readonly at: number
}

const mostVersions = 4
/** Of those that find more, nothing is kept. */
const mostFindings = 20_000

export function createKeptFindings(): KeptFindings {
  const kept = new Map<string, readonly Finding[]>()
  const keyOf = ({ snapshot, places, at }: Reported): string =>
    JSON.stringify([snapshot.contentHash, places, `${turnBefore(snapshot, at)}`])
  return {
    find: (about) => kept.get(keyOf(about)),
    keep: (about, findings) => {
      if (findings.length > mostFindings) return
      kept.set(keyOf(about), findings)
      for (const oldest of kept.keys()) if (kept.size > mostVersions) kept.delete(oldest)
    },
  }
}
