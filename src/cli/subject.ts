import type { IdentityTrust } from '#engine/model/identity-trust'
import type { ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { ReachabilityQuestion, TrustQuestion, VisibilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Report } from '#engine/model/report'
import type { ServiceVisibility } from '#engine/model/visibility'

/** A cluster, and the namespaces that something is in. */
export interface SubjectCluster {
  readonly name: string
  readonly namespaces: readonly string[]
}

/** What questions are asked about, wherever it is: a document at hand, or a version that a server keeps. */
export interface Subject {
  reachability(question: ReachabilityQuestion): Promise<Reachability>
  visibility(question: VisibilityQuestion): Promise<ServiceVisibility>
  /** The page of services that the source does not see. */
  hidden(question: VisibilityQuestion): Promise<ServiceVisibility>
  trust(question: TrustQuestion): Promise<IdentityTrust>
  /** The answer as JSON in UTF-8, piece by piece. */
  proxyConfig(question: ProxyConfigQuestion): Promise<AsyncIterable<Uint8Array>>
  report(): Promise<Report>
  clusters(): Promise<readonly SubjectCluster[]>
}
