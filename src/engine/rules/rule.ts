import type { Severity } from '../model/report.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** One place where a rule is broken; `because` are further objects that play a part. */
export interface Breach {
  readonly on: ResourceRef
  readonly message: string
}

/** A configuration mistake: data plus a generator, so that a rule cannot order, repeat or abort the run. */
export interface Rule {
  readonly code: string
  readonly name: string
  readonly severity: Severity
  /** Codes of `istioctl analyze` and of Kiali that say the same. */
  readonly istio: readonly string[]
  readonly kiali: readonly string[]
  readonly summary: string
  check(snapshot: Snapshot): Iterable<Breach>
}
