import type { Finding } from '#engine/model/report'

/** What reports on versions find, for those who turn pages, and look at one service after the other. */
export interface KeptFindings {
  find(contentHash: string, at: number): readonly Finding[] | undefined
  keep(contentHash: string, at: number, findings: readonly Finding[]): void
}

/** Certificates and suppressions are judged at the moment that is asked about, of which a minute is taken for one. */
const lasting = 60_000
const mostVersions = 4
/** Of those that find more, nothing is kept. */
const mostFindings = 20_000

export function createKeptFindings(): KeptFindings {
  const kept = new Map<string, { readonly at: number; readonly findings: readonly Finding[] }>()
  return {
    find: (contentHash, at) => {
      const found = kept.get(contentHash)
      return found !== undefined && at >= found.at && at - found.at < lasting ? found.findings : undefined
    },
    keep: (contentHash, at, findings) => {
      kept.delete(contentHash)
      if (findings.length <= mostFindings) kept.set(contentHash, { at, findings })
      for (const oldest of kept.keys()) if (kept.size > mostVersions) kept.delete(oldest)
    },
  }
}
