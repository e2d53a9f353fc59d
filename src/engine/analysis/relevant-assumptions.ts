import type { Assumption } from '../model/step.js'
import type { Client } from './client.js'
import type { Trace } from './trace.js'

/** Clusters that a call starts from, leads to, or was decided by. */
const touchedBy = (clients: readonly Client[], { steps, endpoints }: Trace): ReadonlySet<string> =>
  new Set([
    ...clients.map(({ cluster }) => cluster.name),
    ...endpoints.flatMap(({ cluster, via }) => [cluster, via?.cluster].filter((name) => typeof name === 'string')),
    ...steps.flatMap(({ because }) => because.flatMap(({ cluster, kind, name }) => cluster ?? (kind === 'Cluster' ? name : []))),
  ])

/**
 * Which of the assumptions that hold for a whole snapshot does this answer rest on?
 *
 * Those about a cluster the call touches; that networks are flat matters only where a call leaves its cluster.
 */
export const relevantAssumptions = (
  assumptions: readonly Assumption[],
  clients: readonly Client[],
  trace: Trace,
): readonly Assumption[] => {
  if (assumptions.length === 0) return assumptions
  const touched = touchedBy(clients, trace)
  return assumptions.filter(({ code, because }) => {
    if (code === 'NETWORK_ASSUMED_FLAT') return touched.size > 1
    return because.length === 0 || because.some(({ cluster, kind, name }) => touched.has(cluster ?? (kind === 'Cluster' ? name : '')))
  })
}
