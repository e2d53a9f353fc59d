import type { Inventory, InventoryService, InventoryWorkload, ListPage, ListRequest } from '#engine/inventory/inventory'
import type { DeploymentModel } from '#engine/model/deployment-model'
import type { IdentityTrust } from '#engine/model/identity-trust'
import type { ReachabilityQuestion, TrustQuestion, VisibilityQuestion } from '#engine/model/question'
import type { ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { Reachability } from '#engine/model/reachability'
import type { Report } from '#engine/model/report'
import type { Selection } from '#engine/model/selection'
import type { ServiceVisibility } from '#engine/model/visibility'
import type { Answered, Prepared, Stretch, Upload } from './analyst.js'

/** What can be asked of uploads: taken in, they need no stored version (but a cluster's entry its base). */
export interface UploadAsks {
  readonly prepare: { readonly asked: { readonly upload: Upload }; readonly answer: Prepared }
  readonly prepareCluster: { readonly asked: { readonly upload: Upload; readonly cluster: string }; readonly answer: Prepared }
  readonly validate: { readonly asked: { readonly upload: Upload; readonly at: number }; readonly answer: Report }
}

/** What can be asked about a version's snapshot. */
export interface SnapshotAsks {
  readonly report: { readonly asked: { readonly at: number }; readonly answer: Report }
  readonly reachability: {
    readonly asked: { readonly questions: readonly ReachabilityQuestion[]; readonly at: number; readonly wanted: Selection | undefined }
    readonly answer: readonly Answered<Reachability>[]
  }
  readonly visibility: {
    readonly asked: { readonly question: VisibilityQuestion; readonly at: number }
    readonly answer: ServiceVisibility
  }
  readonly hidden: { readonly asked: { readonly question: VisibilityQuestion; readonly at: number }; readonly answer: ServiceVisibility }
  readonly trust: { readonly asked: { readonly question: TrustQuestion; readonly at: number }; readonly answer: IdentityTrust }
  readonly proxyConfig: {
    readonly asked: { readonly question: ProxyConfigQuestion; readonly position: number; readonly wanted: Selection | undefined }
    readonly answer: Stretch
  }
  readonly deployment: { readonly asked: object; readonly answer: DeploymentModel }
  readonly inventory: { readonly asked: object; readonly answer: Inventory }
  readonly services: { readonly asked: { readonly page: ListRequest }; readonly answer: ListPage<InventoryService> }
  readonly workloads: { readonly asked: { readonly page: ListRequest }; readonly answer: ListPage<InventoryWorkload> }
}

/** What is asked of a version's stored bytes. */
export interface ContentAsks {
  readonly yaml: { readonly asked: { readonly cluster: string | undefined }; readonly answer: Uint8Array }
}

export interface Asks extends UploadAsks, SnapshotAsks, ContentAsks {}
export type AskKind = keyof Asks

/** What those who carry asks and answers have to know of a kind. */
interface AskClass {
  /** Begins with an upload, of which only so many are taken in at once. */
  readonly upload?: true
  /** May take as long as a document may: the worker says when it begins. */
  readonly long?: true
  /** Its answer holds bytes, which move instead of being written as text. */
  readonly bytes?: true
}

const plain: AskClass = {}

export const askClasses: Readonly<Record<AskKind, AskClass>> = {
  prepare: { upload: true, long: true, bytes: true },
  prepareCluster: { upload: true, long: true, bytes: true },
  validate: { upload: true, long: true },
  report: { long: true },
  reachability: plain,
  visibility: plain,
  hidden: plain,
  trust: plain,
  proxyConfig: { bytes: true },
  deployment: plain,
  inventory: plain,
  services: plain,
  workloads: plain,
  yaml: { bytes: true },
}

/** One thing asked of the engine; plain data, so that it can cross into a worker. */
export type Ask<K extends AskKind = AskKind> = { readonly [Kind in K]: Asks[Kind]['asked'] & { readonly kind: Kind } }[K]
export type AnswerTo<K extends AskKind> = Answered<Asks[K]['answer']>
