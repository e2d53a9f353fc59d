/** The store in the operations' words. Bodies are opaque bytes here: compressed canonical parts, never parsed. */

import type { Scope } from '#engine/model/access/scope'

export type Compatibility = 'NONE' | 'NO_LOST_REACH' | 'NO_NEW_REACH' | 'FULL'

export interface Topology {
  readonly name: string
  readonly description: string | null
  readonly compatibility: Compatibility
  readonly createdAt: Date
  /** Number of the newest version; 0 while there is none. */
  readonly head: number
}

/** One cluster's part of a version: which stored content, and which stored places (file and line), it has; only places may be told anew. */
export interface PartRef {
  readonly cluster: string
  readonly digest: string
  readonly placesDigest: string
}

export interface Version {
  readonly topology: string
  readonly number: number
  readonly contentHash: string
  readonly createdAt: Date
  readonly message: string | null
  readonly author: string | null
  readonly tags: readonly string[]
  /** Canonical JSON of the header. */
  readonly header: string
  /** Where the header's entries stand in the user's files; null: not known. */
  readonly placesDigest: string | null
  readonly parts: readonly PartRef[]
}

/** A version without its content, as lists have it. */
export type ListedVersion = Omit<Version, 'header' | 'placesDigest' | 'parts'>

/** Bytes, packed with gzip, to be stored once per digest: the SHA-256, in hexadecimal digits, of what is packed; `size` is its length. */
export interface Content {
  readonly digest: string
  readonly body: Uint8Array
  readonly size: number
}

export interface NewVersion {
  readonly topology: string
  readonly contentHash: string
  readonly header: string
  readonly placesDigest: string | null
  readonly parts: readonly PartRef[]
  /** Contents and places that may be new; those already stored are not written again. */
  readonly contents: readonly Content[]
  readonly message: string | null
  readonly author: string | null
  /** Head the writer saw; 0: the topology must have no version; undefined: any. */
  readonly expectedVersion: number | undefined
  /** The writer may not change whose tenants are: where the header's `tenants` are not those of the head, nothing is stored. */
  readonly keepsTenants: boolean
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | undefined
}

/** UNCHANGED: the content is the head's, which now has these places. CONFLICT: the head is not the expected one. TENANTS_DIFFER: and have to be kept. REPLAYED: the idempotency key's own earlier answer. */
export type Appended =
  | { readonly result: 'CREATED' | 'UNCHANGED' | 'REPLAYED'; readonly version: Version; readonly unchanged: boolean }
  | { readonly result: 'CONFLICT'; readonly head: number }
  | { readonly result: 'KEY_REUSED' }
  | { readonly result: 'TENANTS_DIFFER' }

/** A cursor is `cursorOf` (engine/model/stored/cursor.ts) of `topologies:` and a name, or `versions:` and a number: every item has one. */
export interface PageRequest {
  readonly first: number
  readonly after: string | undefined
}

export interface PageOf<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** Who does something, as the audit tells of it. */
export interface By {
  /** The caller's id. */
  readonly who: string
  /** The operation. */
  readonly deed: string
  /** null: this process. */
  readonly address: string | null
}

/** What was refused, so often. */
export interface Denial extends By {
  readonly topology: string | null
  /** The code of the refusal. */
  readonly outcome: string
  readonly times: number
}

export interface AuditEntry extends Denial {
  readonly id: number
  readonly at: Date
  readonly version: number | null
  /** A tag, or a token's id. */
  readonly subject: string | null
}

/** Requests of the running minute that were handed out. */
export interface Leased {
  /** To all who asked. */
  readonly granted: number
  /** To whoever asked now. */
  readonly latest: number
  /** Until the minute is over. */
  readonly leftMs: number
}

/** An API token as it is to be kept. */
export interface NewToken {
  readonly id: string
  /** SHA-256 of the token, which itself is kept nowhere. */
  readonly digest: Uint8Array
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly topologies: readonly string[]
  /** undefined: it is not limited to any. */
  readonly tenants: readonly string[] | undefined
  readonly createdBy: string
  readonly expiresAt: Date | null
}

export interface StoredToken extends NewToken {
  readonly createdAt: Date
  readonly revokedAt: Date | null
}

/** Which versions may go: all but the `keep` newest, and of those only what was stored before `before`. Tagged ones stay. */
export interface Pruning {
  readonly keep: number
  readonly before: Date | undefined
  /** Say which they are, and leave them. */
  readonly dryRun: boolean
}

/** How much there is of what a backup put back. */
export interface Restored {
  readonly topologies: number
  readonly versions: number
  readonly contents: number
}

/** What is not what its name says it is, and the versions (`name@number`, the first twenty) that it spoils. */
export interface Damage {
  readonly what: 'CONTENT' | 'VERSION'
  readonly name: string
  readonly versions: readonly string[]
}

export interface Verified {
  readonly contents: number
  readonly versions: number
  readonly damaged: readonly Damage[]
}

/**
 * Topologies and their immutable versions, numbered 1, 2, 3 … without gaps (a deleted name created again goes on).
 *
 * What changes something is told in the audit by the same transaction.
 *
 * Every method may reject with AppError STORE_UNAVAILABLE; none throws for a thing that does not exist.
 */
export interface Store {
  readonly kind: 'EMBEDDED' | 'SERVER'
  putTopology(
    name: string,
    change: { readonly description?: string | null; readonly compatibility?: Compatibility },
    by: By,
  ): Promise<{ readonly topology: Topology; readonly created: boolean }>
  findTopology(name: string): Promise<Topology | undefined>
  /** By name; of those that one of the patterns covers, in which `*` stands for any characters. */
  listTopologies(page: PageRequest, patterns: readonly string[]): Promise<PageOf<Topology>>
  deleteTopology(name: string, by: By): Promise<boolean>
  append(version: NewVersion, by: By): Promise<Appended>
  /** `ref`: a number, `latest`, a tag, or `sha256:…` (the newest version of that content). */
  findVersion(topology: string, ref: string): Promise<Version | undefined>
  /** Newest first. */
  listVersions(topology: string, page: PageRequest): Promise<PageOf<ListedVersion>>
  /** Returns undefined when the version does not exist. */
  putTag(topology: string, tag: string, number: number, by: By): Promise<Version | undefined>
  /** Forgets versions for good, and says which (ascending); their numbers are not given out again. */
  prune(topology: string, pruning: Pruning, by: By): Promise<readonly number[]>
  /** Was there a version called so (a number, or `sha256:…`) that was pruned? */
  isPruned(topology: string, ref: string): Promise<boolean>
  /** The whole store as one archive, consistent as of one moment, while others go on writing. */
  backup(): AsyncIterable<Uint8Array>
  /** Puts a backup in place of everything, or changes nothing: STORE_NOT_EMPTY unless `replace`, BACKUP_INVALID. */
  restore(backup: AsyncIterable<Uint8Array>, replace: boolean, by: By): Promise<Restored>
  /** Reads everything, and says what is damaged. */
  verify(): Promise<Verified>
  /** Which of these contents are stored already? Lets a writer skip them. */
  knownContents(digests: readonly string[]): Promise<ReadonlySet<string>>
  /** Bodies by digest, as they were given; a missing digest is left out. */
  readContents(digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  createToken(token: NewToken, by: By): Promise<StoredToken>
  /** Revoked and expired ones as well. */
  findToken(digest: Uint8Array): Promise<StoredToken | undefined>
  /** By id. */
  listTokens(page: PageRequest): Promise<PageOf<StoredToken>>
  /** False when there is none; one that was revoked before stays so since then. */
  revokeToken(id: string, by: By): Promise<boolean>
  /** Up to `block` more requests of the running minute, of which there are `most` in all. */
  leaseRequests(key: string, block: number, most: number): Promise<Leased>
  forgetLeases(): Promise<void>
  recordDenials(denials: readonly Denial[]): Promise<void>
  /** Newest first. */
  listAudit(page: PageRequest): Promise<PageOf<AuditEntry>>
  /** Lets go of what is older than that, and than 30 days; how many entries there were. */
  forgetAudit(before: Date): Promise<number>
  /** Rejects when the database does not answer in time. */
  ping(): Promise<void>
  close(): Promise<void>
}
