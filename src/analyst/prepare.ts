import { contentHash } from '#engine/manifests/content-hash'
import { isProblem } from '#engine/manifests/document-fault'
import { readClusterEntry } from '#engine/manifests/read-cluster-entry'
import { readDocument } from '#engine/manifests/read-document'
import type { LeftOut } from '#engine/model/left-out'
import type { Finding, Report } from '#engine/model/report'
import type { TopologyHeader } from '#engine/model/topology-document'
import { findBreaches } from '#engine/rules/make-report'
import { shallowRules } from '#engine/rules/shallow-rules'
import type { Answered, Prepared, Upload, VersionContent } from './analyst.js'
import { reportOn } from './answers.js'
import { pack, writePart } from './pack.js'
import type { SnapshotCache, SnapshotPlan } from './snapshot-cache.js'
import type { VersionSource } from './version-source.js'

/** A document taken in, its parts written out but not packed. */
interface TakenIn {
  readonly plan: SnapshotPlan
  readonly headerJson: string
  /** Canonical bytes of its own parts and their places. */
  readonly bodies: ReadonlyMap<string, Uint8Array>
  readonly notes: readonly Finding[]
  readonly assumedCluster?: string
  readonly leftOut: readonly LeftOut[]
}

/** Read, remove secrets, canonicalise, hash and pack, and look at the whole once for what leads nowhere. */
export function prepare(cache: SnapshotCache, upload: Upload): Answered<Prepared> {
  const taken = takeIn(upload)
  return 'problem' in taken ? taken : { value: finish(cache, taken.value, new Map()) }
}

/** The same for one cluster's entry in place of, or added to, those of the base version. */
export async function prepareCluster(
  cache: SnapshotCache,
  base: VersionSource | undefined,
  cluster: string,
  upload: Upload,
): Promise<Answered<Prepared>> {
  const described = await base?.describe()
  const entry = readClusterEntry(upload, described && (JSON.parse(described.header) as TopologyHeader), cluster)
  if (isProblem(entry)) return { problem: entry }
  const { header, headerJson, part, notes } = entry
  const { ref, bodies } = writePart(part)
  const others = (described?.parts ?? []).filter((each) => each.cluster !== cluster)
  const parts = byCluster([...others, ref])
  const loaded = base === undefined ? new Map<string, Uint8Array>() : await cache.gather(others, base)
  const plan = { contentHash: contentHash(headerJson, parts), header, parts }
  return { value: finish(cache, { plan, headerJson, bodies, notes, leftOut: [] }, loaded) }
}

/** The report on a document that is not stored. */
export function validate(cache: SnapshotCache, upload: Upload, at: number): Answered<Report> {
  const taken = takeIn(upload)
  if ('problem' in taken) return taken
  const { plan, bodies, notes, leftOut } = taken.value
  return { value: withLeftOut(reportOn(cache.build(plan, bodies), notes, at), leftOut) }
}

const withLeftOut = (report: Report, leftOut: readonly LeftOut[]): Report =>
  leftOut.length === 0 ? report : { ...report, leftOut: [...leftOut] }

function takeIn(upload: Upload): Answered<TakenIn> {
  const ingested = readDocument(upload)
  if (isProblem(ingested)) return { problem: ingested }
  const { header, headerJson, notes, leftOut, assumedCluster } = ingested
  const written = ingested.parts.map(writePart)
  const plan = { contentHash: ingested.contentHash, header, parts: byCluster(written.map(({ ref }) => ref)) }
  const bodies = new Map(written.flatMap((one) => [...one.bodies]))
  return { value: { plan, headerJson, notes, leftOut, bodies, ...(assumedCluster === undefined ? {} : { assumedCluster }) } }
}

function finish(cache: SnapshotCache, taken: TakenIn, loaded: ReadonlyMap<string, Uint8Array>): Prepared {
  const { plan, headerJson, bodies, notes, leftOut, assumedCluster } = taken
  const snapshot = cache.build(plan, new Map([...loaded, ...bodies]))
  return {
    contentHash: plan.contentHash,
    header: headerJson,
    parts: plan.parts,
    contents: pack(bodies),
    notes: [...notes, ...findBreaches(snapshot, shallowRules)],
    leftOut,
    ...(assumedCluster === undefined ? {} : { assumedCluster }),
  }
}

const byCluster = (parts: VersionContent['parts']): VersionContent['parts'] =>
  parts.toSorted((a, b) => (a.cluster < b.cluster ? -1 : a.cluster > b.cluster ? 1 : 0))
