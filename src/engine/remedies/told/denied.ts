import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { WrittenRule } from '../rules-for-caller.js'

/** A server that refuses, and the rule that lets the callers in there. */
export interface Allowed {
  readonly denied: Denied
  readonly rule: WrittenRule
}

/** Where a caller is refused. */
export interface Denied {
  /** Where the server's control plane reads its policies. */
  readonly cluster: string
  readonly view: ControlPlaneView
  readonly server: Workload
  readonly ports: readonly string[]
  /** Which do not allow it, as `namespace/name`. */
  readonly policies: readonly string[]
}
