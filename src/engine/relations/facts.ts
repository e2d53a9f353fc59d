import type { InventoryWorkload, ListPage, ListRequest } from '../inventory/inventory.js'
import type { PolicyConcern, PolicyState } from '../model/groups/effective-policy.js'
import type { NamedValue } from '../model/question.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { ReasonCode } from '../model/reasons.js'
import type { TrustVerdict } from '../model/verdict.js'

/** What has a say in where calls to a service go, or in how callers connect; `controlPlanes`: those that see it so. */
export interface ServiceRoute {
  readonly concern: PolicyConcern
  readonly state: PolicyState
  readonly message: string
  readonly resource: ResourceRef | null
  readonly by: ResourceRef | null
  readonly controlPlanes: readonly string[]
}

/** Whether whoever runs as the same account in a cluster, and calls, and workloads of an identity accept each other. */
export interface ClusterTrust {
  /** The cluster of who calls, and that of who is called. */
  readonly from: string
  readonly to: string
  readonly verdict: TrustVerdict
  readonly reason: ReasonCode
  readonly help: string
  readonly validUntil: string | null
}

/** Who workloads are in a handshake. */
export interface RelatedIdentity {
  readonly spiffeId: string | null
  readonly trustDomain: string | null
  readonly namespace: string
  readonly serviceAccount: string
  readonly clusters: readonly string[]
  readonly trust: readonly ClusterTrust[]
}

/** What stands beside anything that is read from objects. */
interface OfObjects {
  readonly source: readonly ResourceRef[]
  readonly labels: readonly NamedValue[]
  readonly annotations: readonly NamedValue[]
}

/** What stands beside a service. */
export interface ServiceFacts extends OfObjects {
  readonly workloads: ListPage<InventoryWorkload>
  /** Names of clusters. */
  readonly runsIn: readonly string[]
  readonly routes: readonly ServiceRoute[]
  readonly identities: readonly RelatedIdentity[]
}

/** What stands beside a workload. */
export interface WorkloadFacts extends OfObjects {
  readonly identity: RelatedIdentity | null
}

/** One thing that is asked about a service that a list has told of; `page`: where it comes in pages. */
export interface ServiceFactAsked {
  readonly host: string
  readonly namespace: string
  readonly fact: keyof ServiceFacts
  readonly page?: ListRequest
}

/** The same of a workload, by the key of its list. */
export interface WorkloadFactAsked {
  readonly key: string
  readonly fact: keyof WorkloadFacts
}
