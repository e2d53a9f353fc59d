import type { ResourceRef } from '../../model/resource-ref.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { podField } from '../../snapshot/workloads/pod-field.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Trusted } from '../call/stage-values.js'

/** The objects that an identity comes from, in its two parts (TRUST-2, TRUST-3). */
export interface Identified {
  readonly account: readonly ResourceRef[]
  readonly trustDomain: readonly ResourceRef[]
}

const nobody: Identified = { account: [], trustDomain: [] }

/** Where it is said as whom the caller runs, and in which trust domain its control plane signs for it. */
export function identifiedBy(snapshot: Snapshot, { peer }: Trusted, caller: Workload): Identified {
  if (peer === undefined) return nobody
  const plane = caller.controlPlane === undefined ? undefined : snapshot.controlPlanes.get(caller.controlPlane)
  return { account: [podField(caller, 'SERVICE_ACCOUNT')], trustDomain: plane?.meshConfig.because ?? [] }
}
