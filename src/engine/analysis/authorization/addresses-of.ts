import type { Workload } from '../../snapshot/workloads/workload.js'
import type { ResolvedCall } from '../call/call.js'

/** An instance that does not exist yet has some address of its cluster's pods. */
export const addressesOf = ({ client }: ResolvedCall, workload: Workload | undefined): readonly string[] =>
  workload === undefined || workload.ips.length > 0
    ? (workload?.ips ?? [])
    : (client.snapshot.clusters.get(workload.cluster)?.podCidrs ?? [])

/** One caller stands for all instances like it: a policy that takes only some of their addresses leaves the answer open (AUTHZ-18). */
export const callerAddresses = (call: ResolvedCall): readonly string[] => {
  const { addresses = [], workload } = call.client
  return addresses.length > 0 ? addresses : addressesOf(call, workload)
}
