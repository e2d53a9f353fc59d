import type { Finding } from '#engine/model/report'
import { serviceTold } from '#engine/relations/find-service'
import { objectKey, objectsAbout } from '#engine/relations/objects-about'
import { takesFinding } from '#engine/relations/takes-finding'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { findingsInView } from '#engine/tenancy/findings-in-view'
import { sightOf } from '#engine/tenancy/sight'
import type { Answered, FindingPage, FindingsAsked } from '../analyst.js'
import type { Ask } from '../ask.js'
import { type Kept, reportOnVersion } from '../report.js'
import type { VersionSource } from '../version-source.js'
import type { Work } from '../turn-taking/work.js'
import type { KeptFindings } from './kept-findings.js'

interface KeptOfFindings extends Kept {
  readonly findings: KeptFindings
}

/** Pages of what the report on a stored version finds. */
export function* listFindings(
  kept: KeptOfFindings,
  source: VersionSource,
  { at, pages, view }: Ask<'findings'>,
): Work<Answered<readonly FindingPage[]>> {
  const snapshot = kept.cache.find(source.contentHash) ?? (yield* kept.cache.open(source))
  const about = { snapshot, places: source.places, at }
  const made = kept.findings.find(about) ?? (yield* findAll(kept, source, about))
  if ('problem' in made) return made
  const findings = view === undefined ? made : findingsInView(sightOf(snapshot, view), made)
  return { value: pages.map((page) => pageOf(chosen(snapshot, findings, page), page)) }
}

function* findAll(
  kept: KeptOfFindings,
  source: VersionSource,
  about: Parameters<KeptFindings['find']>[0],
): Work<readonly Finding[] | Extract<Answered<never>, { problem: unknown }>> {
  const made = yield* reportOnVersion(kept, source, { kind: 'report', at: about.at })
  if ('problem' in made) return made
  kept.findings.keep(about, made.value.findings)
  return made.value.findings
}

function chosen(snapshot: Snapshot, findings: readonly Finding[], { filter, of }: FindingsAsked): readonly Finding[] {
  const wanted = filter ? findings.filter(takesFinding(filter)) : findings
  if (of === undefined) return wanted
  const service = serviceTold(snapshot, of.host, of.namespace)
  const about = service === undefined ? undefined : objectsAbout(snapshot, service)
  return wanted.filter(({ resource }) => resource !== null && about?.has(objectKey(resource)) === true)
}

const pageOf = (findings: readonly Finding[], { start, first }: FindingsAsked): FindingPage => ({
  items: findings.slice(start, start + first),
  hasMore: start + first < findings.length,
})
