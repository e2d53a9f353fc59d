/**
 * Does what a process of the node's own network sends get past the ztunnel of a captured pod?
 *
 * From the pod's own node it does: it is meant for the kubelet's probes, and the traffic rules take every process of the host network for one. From
 * another node it is plaintext like any other. Rule AMB-34.
 */
import type { Client } from '../call/call.js'
import type { Look } from '../call/look.js'
import type { NetworkPath } from '../call/stage-values.js'

export type Passing = 'THROUGH' | 'PAST' | 'BY_NODE'

export const passingOf = ({ workload }: Client, { server }: NetworkPath): Passing => {
  if (!workload.hostNetwork || server?.dataPlane !== 'AMBIENT' || server.cluster !== workload.cluster) return 'THROUGH'
  if (workload.nodeName === undefined || server.nodeName === undefined) return 'BY_NODE'
  return workload.nodeName === server.nodeName ? 'PAST' : 'THROUGH'
}

/** Nodes count for such callers alone. */
export const looksForNode = ({ workload }: Client, { server }: NetworkPath): readonly Look[] =>
  workload.hostNetwork && server?.dataPlane === 'AMBIENT' ? nodes : none

const nodes: readonly Look[] = ['CALLER_NODE', 'SERVER_PLACE']
const none: readonly Look[] = []
