import type { DocumentUpload } from '#engine/manifests/document-text'
import type { Inventory, InventoryService, InventoryWorkload, ListPage, ListRequest } from '#engine/inventory/inventory'
import type { Problem } from '#engine/model/app-error'
import type { DeploymentModel } from '#engine/model/deployment-model'
import type { IdentityTrust } from '#engine/model/identity-trust'
import type { LeftOut } from '#engine/model/left-out'
import type { ReachabilityQuestion, TrustQuestion, VisibilityQuestion } from '#engine/model/question'
import type { ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { Reachability } from '#engine/model/reachability'
import type { Finding, Report } from '#engine/model/report'
import type { Selection } from '#engine/model/selection'
import type { ServiceVisibility } from '#engine/model/visibility'

/** A document, one cluster's entry, or objects alone, as they came: bytes that move to where the engine runs and are gone afterwards. */
export type Upload = DocumentUpload

/** Content to be stored: bytes compressed with gzip, `size` uncompressed, named by the digest of the uncompressed bytes. */
export interface PreparedContent {
  readonly digest: string
  readonly body: Uint8Array
  readonly size: number
}

/** A document taken in, hashed and packed for the store. */
export interface Prepared {
  readonly contentHash: string
  readonly header: string
  /** Where the header's entries were written. */
  readonly placesDigest: string
  readonly parts: readonly { readonly cluster: string; readonly digest: string; readonly placesDigest: string }[]
  readonly contents: readonly PreparedContent[]
  readonly notes: readonly Finding[]
  /** The only cluster, where nothing but its objects was stated; absent: there was a document, or there are several. */
  readonly assumedCluster?: string
  /** Files that hold no objects. */
  readonly leftOut: readonly LeftOut[]
}

/** A stored version as the analyst needs it; `load` fetches contents (gzip) it has not kept. */
export interface VersionContent {
  readonly contentHash: string
  readonly header: string
  readonly placesDigest: string | null
  readonly parts: readonly { readonly cluster: string; readonly digest: string; readonly placesDigest: string }[]
  load(digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
}

export type { Inventory, InventoryService, InventoryWorkload }

/** A stretch of an answer that is too large to be held: UTF-8 text, and the position to go on from; null at its end. */
export interface Stretch {
  readonly text: Uint8Array
  readonly next: number | null
}

export type Answered<T> = { readonly value: T } | { readonly problem: Problem }

/**
 * Where the engine runs: in this thread (command line, tests) or in worker threads (service).
 *
 * Documents cross as transferred bytes, questions and answers as plain data; snapshots stay inside, least recently used by
 * bytes. `at` of every question is filled in by the caller.
 */
export interface Analyst {
  /** Read, remove secrets, canonicalise, hash and pack. The upload's bytes are gone afterwards. */
  prepare(upload: Upload): Promise<Answered<Prepared>>
  /** The same for one cluster's entry, put in place of (or added to) the base version's; only its own parts are in `contents`. */
  prepareCluster(base: VersionContent | undefined, cluster: string, upload: Upload): Promise<Answered<Prepared>>
  /** Report on a document without storing it. */
  validate(upload: Upload, at: number): Promise<Answered<Report>>
  report(version: VersionContent, at: number): Promise<Answered<Report>>
  /** Answers in order. `wanted`: fields to be sent, where the caller reads no others; absent: all. */
  reachability(
    version: VersionContent,
    questions: readonly ReachabilityQuestion[],
    at: number,
    wanted?: Selection,
  ): Promise<readonly Answered<Reachability>[]>
  visibility(version: VersionContent, question: VisibilityQuestion, at: number): Promise<Answered<ServiceVisibility>>
  /** The page of services that the source does not see. */
  hidden(version: VersionContent, question: VisibilityQuestion, at: number): Promise<Answered<ServiceVisibility>>
  trust(version: VersionContent, question: TrustQuestion, at: number): Promise<Answered<IdentityTrust>>
  /** The answer as JSON, from a position on: 0, or `next` of the stretch before. `wanted`: fields to be written; absent: all. */
  proxyConfig(version: VersionContent, question: ProxyConfigQuestion, position: number, wanted?: Selection): Promise<Answered<Stretch>>
  deployment(version: VersionContent): Promise<Answered<DeploymentModel>>
  inventory(version: VersionContent): Promise<Answered<Inventory>>
  services(version: VersionContent, page: ListRequest): Promise<Answered<ListPage<InventoryService>>>
  workloads(version: VersionContent, page: ListRequest): Promise<Answered<ListPage<InventoryWorkload>>>
  /** The document as YAML: everything but the clusters, then (by name) one item of the `clusters` list. */
  yaml(version: VersionContent, cluster: string | undefined): Promise<Answered<Uint8Array>>
  /** Is a free worker there, and how much is waiting? */
  health(): { readonly ready: boolean; readonly waiting: number }
  close(): Promise<void>
}
