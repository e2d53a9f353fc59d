import type { PolicyRow } from '../../model/groups/effective-policy.js'

/** A row without the workload and the place that it is about. */
export type Said = Omit<PolicyRow, 'workload' | 'port' | 'host'>
