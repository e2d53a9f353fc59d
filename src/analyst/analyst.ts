import type { DocumentText, DocumentUpload } from '#engine/manifests/document-text'
import type {
  Inventory,
  InventoryCluster,
  InventoryControlPlane,
  InventoryService,
  InventoryWorkload,
  ListPage,
  ListRequest,
} from '#engine/inventory/inventory'
import type { Problem } from '#engine/model/app-error'
import type { Check } from '#engine/model/check'
import type { DeploymentModel } from '#engine/model/deployment-model'
import type { EffectivePolicy } from '#engine/model/groups/effective-policy'
import type { EffectivePolicyQuestion, GroupQuestion, IsolationQuestion } from '#engine/model/groups/group-question'
import type { GroupedCalls, Isolation } from '#engine/model/groups/grouped-calls'
import type { IdentityTrust } from '#engine/model/identity-trust'
import type { Asker } from './asker.js'
import type { LeftOut } from '#engine/model/left-out'
import type { ReachabilityQuestion, TrustQuestion, VisibilityQuestion } from '#engine/model/question'
import type { ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { Reachability } from '#engine/model/reachability'
import type { AssertionResult, Finding, Report } from '#engine/model/report'
import type { RemovedSecret } from '#engine/model/topology/removed-secret'
import type { Selection } from '#engine/model/selection'
import type { Room } from '#engine/model/answer-too-large'
import type { WorkSignal } from '#engine/model/work-signal'
import type { FindingFilter } from '#engine/model/report'
import type { View } from '#engine/model/topology/view'
import type { ServiceFactAsked, ServiceFacts, WorkloadFactAsked, WorkloadFacts } from '#engine/relations/facts'
import type { ServiceName } from '#engine/relations/find-service'
import type { WorkloadName } from '#engine/relations/find-workload'
import type { ServiceVisibility } from '#engine/model/visibility'
import type { Manner, Written, WrittenReport } from '#engine/model/written'

/** A document, one cluster's entry, or objects alone, as they came: bytes that move to where the engine runs and are gone afterwards. */
export type Upload = DocumentUpload

/** Assertions that are not in the document, as they came. */
export type SentAssertions = DocumentText

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
  /** The document’s assertions that do not hold and should, where they were checked. */
  readonly failed: readonly AssertionResult[]
  /** The only cluster, where nothing but its objects was stated; absent: there was a document, or there are several. */
  readonly assumedCluster?: string
  /** Files that hold no objects. */
  readonly leftOut: readonly LeftOut[]
}

/** A document taken in to be asked about in this analyst and nowhere else: nothing of it is written, hashed or packed. */
export interface Opened {
  /** Names it in questions, in place of the hash of a stored content. */
  readonly name: string
  readonly clusters: readonly string[]
  readonly notes: readonly Finding[]
  /** Every removed secret with its place, where that was asked for. */
  readonly removed: readonly RemovedSecret[]
  readonly assumedCluster?: string
  readonly leftOut: readonly LeftOut[]
}

/** A stored version as the analyst needs it; `load` fetches contents (gzip) it has not kept. */
export interface VersionContent {
  /** Whose version it is; absent: of a document that is not stored. */
  readonly topology?: string
  readonly contentHash: string
  readonly header: string
  readonly placesDigest: string | null
  readonly parts: readonly { readonly cluster: string; readonly digest: string; readonly placesDigest: string }[]
  load(digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  /** Where it was read for somebody who is shown the things of some tenants: whose. */
  readonly view?: View
}

/** Findings from a position on; `filter`, `of`: among those that this takes, and that are about this service. */
export interface FindingsAsked {
  readonly start: number
  readonly first: number
  readonly filter?: FindingFilter | null | undefined
  readonly of?: { readonly host: string; readonly namespace: string } | undefined
}

/** The version that a candidate is to follow; what is new against it decides. */
export type Followed = Pick<Check, 'against' | 'compatibility'>

export interface FindingPage {
  readonly items: readonly Finding[]
  readonly hasMore: boolean
}

export type { Inventory, InventoryCluster, InventoryControlPlane, InventoryService, InventoryWorkload }
export type { ServiceFactAsked, ServiceFacts, ServiceName, WorkloadFactAsked, WorkloadFacts, WorkloadName }
export { cleanWords } from './clean-words.js'

/** A stretch of an answer that is too large to be held: UTF-8 text, and the position to go on from; null at its end. */
export interface Stretch {
  readonly text: Uint8Array
  readonly next: number | null
}

export type Answered<T> = { readonly value: T } | { readonly problem: Problem }

/** One kind of ask: what is said with it, what comes back, and the versions that it is about. */
interface Kind<Asked, Answer, About extends readonly VersionContent[] = readonly [VersionContent]> {
  readonly asked: Asked
  readonly answer: Answer
  readonly about: About
}

/** The moment of the request, filled in by the caller; a question may name its own. */
interface At {
  readonly at: number
}

/** What may take long: whether it is still wanted, and how far it is. */
interface Watched extends At {
  readonly signal?: WorkSignal | undefined
}

/** What a report is about besides the document: assertions that it is held to as well. */
interface Held extends Watched {
  readonly assertions?: SentAssertions | undefined
}

/** What can be asked of uploads. Their bytes are gone afterwards. */
export interface UploadAsks {
  /** Read, remove secrets, canonicalise, hash and pack; with a moment also check the document’s assertions. */
  readonly prepare: Kind<{ readonly upload: Upload } & Partial<At>, Prepared, readonly []>
  /** The same for one cluster's entry, put in place of (or added to) the base version's, where there is one; only its own parts are in `contents`. */
  readonly prepareCluster: Kind<
    { readonly upload: Upload; readonly cluster: string } & Partial<At>,
    Prepared,
    readonly [] | readonly [VersionContent]
  >
  /** Read to be asked about, as long as the analyst is there. */
  readonly open: Kind<{ readonly upload: Upload; readonly withRemoved?: boolean }, Opened, readonly []>
  /** Report on a document without storing it. */
  readonly validate: Kind<{ readonly upload: Upload } & Held, Report, readonly []>
  /** The same written out, against a version where one is said: all of it in the thread that makes it. `follows`: as a check of a candidate. */
  readonly writtenValidation: Kind<
    { readonly upload: Upload; readonly manner: Manner; readonly follows?: Followed | undefined } & Held,
    WrittenReport,
    readonly [] | readonly [VersionContent]
  >
}

/** `view`: of what is out of it nothing is told; what has no such answer is refused. */
interface Viewed {
  readonly view?: View | undefined
}

/** What can be asked about a version's snapshot. */
export interface SnapshotAsks {
  readonly report: Kind<Held, Report>
  /** A report's findings, page by page. */
  readonly findings: Kind<{ readonly pages: readonly FindingsAsked[] } & At & Viewed, readonly FindingPage[]>
  /** The same written out, against the second version where there is one. */
  readonly writtenReport: Kind<
    { readonly manner: Manner } & Held,
    WrittenReport,
    readonly [VersionContent] | readonly [VersionContent, VersionContent]
  >
  /** Answers in order. `wanted`: fields to be sent, where the caller reads no others; absent: all. */
  readonly reachability: Kind<
    { readonly questions: readonly ReachabilityQuestion[]; readonly wanted?: Selection | undefined } & At & Viewed,
    readonly Answered<Reachability>[]
  >
  /** Written answers to the first of the questions, in order: at least to one, and to as many as a moment is enough for. */
  readonly calls: Kind<
    { readonly questions: readonly ReachabilityQuestion[]; readonly room: Room } & At & Viewed,
    readonly Answered<Written>[]
  >
  readonly visibility: Kind<{ readonly question: VisibilityQuestion } & Viewed, ServiceVisibility>
  /** The page of services that the source does not see. */
  readonly hidden: Kind<{ readonly question: VisibilityQuestion } & Viewed, ServiceVisibility>
  /** Both lists page by page together. */
  readonly visiblePage: Kind<{ readonly question: VisibilityQuestion } & Viewed, ServiceVisibility>
  readonly trust: Kind<{ readonly question: TrustQuestion } & At & Viewed, IdentityTrust>
  /** Who can call it. */
  readonly callers: Kind<{ readonly question: GroupQuestion } & Watched & Viewed, GroupedCalls>
  /** Whom it can call. */
  readonly reach: Kind<{ readonly question: GroupQuestion } & Watched & Viewed, GroupedCalls>
  readonly isolation: Kind<{ readonly question: IsolationQuestion } & Watched & Viewed, Isolation>
  readonly effectivePolicy: Kind<{ readonly question: EffectivePolicyQuestion } & Viewed, EffectivePolicy>
  /** The answer as JSON, from a position on: 0, or `next` of the stretch before. `wanted`: fields to be written; absent: all. */
  readonly proxyConfig: Kind<
    { readonly question: ProxyConfigQuestion; readonly position: number; readonly wanted?: Selection | undefined } & Viewed,
    Stretch
  >
  readonly deployment: Kind<object, DeploymentModel>
  readonly inventory: Kind<Viewed, Inventory>
  readonly services: Kind<{ readonly page: ListRequest } & Viewed, ListPage<InventoryService>>
  readonly workloads: Kind<{ readonly page: ListRequest } & Viewed, ListPage<InventoryWorkload>>
  /** Null: there is none. */
  readonly service: Kind<{ readonly name: ServiceName } & Viewed, InventoryService | null>
  readonly workload: Kind<{ readonly name: WorkloadName } & Viewed, InventoryWorkload | null>
  /** In order; null: there is no such service. */
  readonly serviceFacts: Kind<
    { readonly asked: readonly ServiceFactAsked[] } & At & Viewed,
    readonly (ServiceFacts[keyof ServiceFacts] | null)[]
  >
  readonly workloadFacts: Kind<
    { readonly asked: readonly WorkloadFactAsked[] } & At & Viewed,
    readonly (WorkloadFacts[keyof WorkloadFacts] | null)[]
  >
  /** Several questions of one kind, answered in order. */
  readonly each: Kind<{ readonly of: EachKind; readonly asked: readonly Asks[EachKind]['asked'][] }, readonly Answered<unknown>[]>
}

/** What is asked about many things at once. */
export type EachKind = 'callers' | 'reach' | 'visibility' | 'hidden'

/** What is asked of a version's stored bytes. */
export interface ContentAsks {
  /** The document as YAML: everything but the clusters, then (by name) one item of the `clusters` list. */
  readonly yaml: Kind<{ readonly cluster: string | undefined }, Uint8Array>
}

/** Everything that can be asked: the one table from which the rest of the analyst is derived. */
export interface Asks extends UploadAsks, SnapshotAsks, ContentAsks {}
export type AskKind = keyof Asks
export type AnswerTo<K extends AskKind> = Answered<Asks[K]['answer']>
/** What is answered in words: in JSON, and no longer than there is room for. */
export type WordKind = Exclude<
  AskKind,
  'prepare' | 'prepareCluster' | 'writtenValidation' | 'writtenReport' | 'calls' | 'proxyConfig' | 'yaml'
>

/**
 * Where the engine runs: in this thread (command line, tests) or in worker threads (service).
 *
 * Documents cross as transferred bytes, questions and answers as plain data; snapshots stay inside, least recently used by
 * bytes.
 */
export interface Analyst {
  /** The same on somebody's behalf: they take turns with others, and what is asked for them ends when they leave. */
  as(asker: Asker): Analyst
  ask<K extends AskKind>(kind: K, asked: Asks[K]['asked'], ...about: Asks[K]['about']): Promise<AnswerTo<K>>
  /** The same answer as JSON, for those who only pass it on: it is not read in this thread. ANSWER_TOO_LARGE as soon as there is no room for it. */
  write<K extends WordKind>(kind: K, asked: Asks[K]['asked'], room: Room, ...about: Asks[K]['about']): Promise<Answered<Written>>
  /** Is a free worker there, and how much is waiting? */
  health(): { readonly ready: boolean; readonly waiting: number }
  close(): Promise<void>
}
