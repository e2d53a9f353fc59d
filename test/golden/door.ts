import type { DeploymentModel } from '../../src/engine/model/deployment-model.js'
import type { IdentityTrust } from '../../src/engine/model/identity-trust.js'
import type { ProxyConfig } from '../../src/engine/model/proxy-config.js'
import type { DestinationInput, IdentityInput, SourceInput } from '../../src/engine/model/question.js'
import type { Reachability } from '../../src/engine/model/reachability.js'
import type { Finding, Report } from '../../src/engine/model/report.js'
import type { HiddenService, VisibleService } from '../../src/engine/model/visibility.js'

/**
 * The three questions about one topology, asked through one way in; `undefined` where there is no such question.
 *
 * Lists come complete, paging is the door's affair.
 */
export interface OpenDoor {
  reachability(from: SourceInput, to: DestinationInput, at: string): Promise<Reachability>
  visibility(from: SourceInput): Promise<{ readonly services: readonly VisibleService[]; readonly hidden: readonly HiddenService[] }>
  trust(client: IdentityInput, server: IdentityInput, at: string): Promise<IdentityTrust>
  /** Of one source, or of every proxy. */
  proxyConfig(from?: SourceInput): Promise<ProxyConfig>
  deployment(): Promise<DeploymentModel | undefined>
  report(): Promise<Report | undefined>
  /** Those of the report, in its order. */
  findings(): Promise<readonly Finding[]>
}

export interface Door {
  readonly name: string
  /** Opens the topology in the folder for questions. */
  open(folder: string): Promise<OpenDoor>
  close(): Promise<void>
}
