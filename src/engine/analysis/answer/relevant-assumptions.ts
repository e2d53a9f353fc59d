import { pause } from '../../pause.js'
import type { Assumption } from '../../model/step.js'
import type { Client } from '../call/call.js'
import { clusterOf } from './listed-endpoint.js'
import type { Trace } from './trace.js'

/** Clusters on a call's way, those and the ones that it was decided by, and the control planes that may serve their proxies. */
const touchedBy = (clients: readonly Client[], { steps, endpoints }: Trace): Record<'way' | 'clusters' | 'planes', Set<string>> => {
  const way = new Set(clients.map(({ cluster }) => cluster.name))
  for (const { path } of endpoints) {
    pause()
    for (const name of [clusterOf(path), path.passage?.gateway.cluster]) if (name) way.add(name)
  }
  const clusters = new Set([
    ...way,
    ...steps.flatMap(({ because }) => because.flatMap(({ cluster, kind, name }) => cluster ?? (kind === 'Cluster' ? name : []))),
  ])
  const snapshot = clients[0]?.snapshot
  const planes = [...clusters].flatMap((name) => snapshot?.clusters.get(name)?.managedBy ?? [])
  return { way, clusters, planes: new Set(planes) }
}

/**
 * Which of the assumptions that hold for a whole snapshot does this answer rest on?
 *
 * Those about a cluster the call touches, or its control planes; that a network is flat matters only where a call leaves its
 * cluster for or from that network.
 */
export const relevantAssumptions = (
  assumptions: readonly Assumption[],
  clients: readonly Client[],
  trace: Trace,
): readonly Assumption[] => {
  if (assumptions.length === 0) return assumptions
  const { way, clusters, planes } = touchedBy(clients, trace)
  const isTouched = ({ cluster, kind, name }: Assumption['because'][number]): boolean => {
    if (kind === 'ControlPlane') return planes.has(name)
    return cluster === null && kind !== 'Cluster' ? true : clusters.has(cluster ?? name)
  }
  return assumptions.filter(({ code, because }) =>
    code === 'NETWORK_ASSUMED_FLAT'
      ? way.size > 1 && because.some(({ name }) => way.has(name))
      : because.length === 0 || because.some(isTouched),
  )
}
