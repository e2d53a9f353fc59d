import type { Severity } from '../model/report.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Originals } from './originals.js'

/**
 * One place where a rule is broken.
 *
 * The message says what is so and which other object makes it so, what happens on the wire because of it, and what to write instead.
 * One cause is one breach: what only follows from it goes into its message.
 */
export interface Breach {
  readonly on: ResourceRef
  readonly message: string
  /** How grave this one is, where it is not as grave as the rule says. */
  readonly severity?: Severity
  /** Which of the rule's codes of other tools this one is, where it is not all of them. */
  readonly istio?: readonly string[]
  readonly kiali?: readonly string[]
}

/** A configuration mistake: data plus a generator, so that a rule cannot order, repeat or abort the run. */
export interface Rule {
  readonly code: string
  readonly name: string
  /** How grave its breaches are, the gravest where they differ. */
  readonly severity: Severity
  /** Codes of `istioctl analyze` and of Kiali that say the same. */
  readonly istio: readonly string[]
  readonly kiali: readonly string[]
  readonly summary: string
  /**
   * `at`: the moment that certificates are judged at, milliseconds since the epoch; absent: what ends is not judged. `originals`: what was written;
   * absent where no report is made, but only what an append is warned of.
   */
  check(snapshot: Snapshot, at?: number, originals?: Originals): Iterable<Breach>
}
