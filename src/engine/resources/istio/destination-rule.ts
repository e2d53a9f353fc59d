import type { Labels, Meta } from '../meta.js'
import type { TrafficPolicy } from './traffic-policy.js'

export interface Subset {
  readonly name: string
  readonly labels: Labels
  readonly policy?: TrafficPolicy
}

export interface DestinationRule {
  readonly meta: Meta
  readonly host: string
  /** As written; empty when absent. */
  readonly exportTo: readonly string[]
  readonly workloadSelector?: Labels
  readonly policy?: TrafficPolicy
  readonly subsets: readonly Subset[]
}
