import type { LeftOut } from '../model/left-out.js'
import type { RemovedSecret } from '../model/topology/removed-secret.js'
import type { Finding } from '../model/report.js'
import type { Standing } from './raw-object.js'
import type { TopologyHeader } from '../model/topology-document.js'

/** File and line of every object of a cluster's part, by the object's position in the canonical array. */
export interface Places {
  /** Distinct file names; an object's `[file, line]` points into it, -1 for no file. Lines count from 1, 0 is unknown. */
  readonly files: readonly string[]
  readonly objects: readonly (readonly [file: number, line: number])[]
}

/** File and line of every entry of the header, by what `headerEntries` calls it; pairs as in `Places`. */
export interface HeaderPlaces {
  readonly files: readonly string[]
  readonly entries: Readonly<Record<string, readonly [file: number, line: number]>>
}

/** One cluster's objects in canonical form, ready to be stored. */
export interface IngestedPart<L = unknown> {
  readonly cluster: string
  /** SHA-256 of `body`, lower-case hex. */
  readonly digest: string
  /** UTF-8 JSON: the array of objects, secrets and noise removed, in canonical order, keys sorted. */
  readonly body: Uint8Array
  readonly places: Places
  /** What was noticed of each object, in canonical order. */
  readonly noticed: readonly L[]
}

/** A document taken in, with its clusters' parts: nothing secret is left in it. */
export interface TakenDocument<P> {
  readonly header: TopologyHeader
  /** Canonical JSON of `header`. */
  readonly headerJson: string
  readonly places: HeaderPlaces
  /** Where an entry of the header stands, by what `headerEntries` calls it; undefined: nobody can look inside of it. */
  standingOfEntry(entry: string): Standing | undefined
  /** By the names of their clusters. */
  readonly parts: readonly P[]
  /** Unreadable or unknown parts, removed secrets, ambiguous scalars: what was seen while reading, with its place. */
  readonly notes: readonly Finding[]
  /** The removed secrets once more, each with the place of its field, which is looked for when it is asked for. */
  removed(): readonly RemovedSecret[]
  /** The only cluster, where nothing but its objects was stated. */
  readonly assumedCluster?: string
  /** Files that hold no objects. */
  readonly leftOut: readonly LeftOut[]
}

/** A document for the store. */
export interface Ingested<L = unknown> extends TakenDocument<IngestedPart<L>> {
  /** `sha256:` and the hex of SHA-256 over the canonical header and each cluster's digest. */
  readonly contentHash: string
}
