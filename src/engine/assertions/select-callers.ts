/**
 * Who is held to an assertion on the calling side: one question for each workload that is meant.
 *
 * A workload that is stated whole, a gateway, a proxy, or a client outside is asked as any question asks it. Everything else is a choice: nobody
 * is made up for it, and gateways are not among those chosen.
 */
import type { Problem } from '../model/app-error.js'
import type { SourceInput } from '../model/question.js'
import type { AssertionCallers } from '../model/topology/assertion-side.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { pause } from '../pause.js'
import { isPassed } from '../snapshot/workloads/workload.js'
import { chooseWorkloads, isPattern, labelsOf } from './choose-workloads.js'

export interface Caller {
  readonly from: SourceInput
  /** The domain of its cluster's names; undefined: of nobody in particular. */
  readonly domain: string | undefined
}

export function selectCallers(snapshot: Snapshot, side: AssertionCallers): readonly Caller[] | { readonly problem: Problem } {
  const stated = side === '*' ? {} : side
  const single = asQuestion(snapshot, stated)
  if (single !== undefined) return [{ from: single, domain: domainOf(snapshot, single) }]
  const choice = chooseWorkloads(snapshot, stated)
  if ('problem' in choice) return choice
  const labels = labelsOf(stated.labels)
  const narrowing = {
    ...(stated.serviceAccount ? { serviceAccount: stated.serviceAccount } : {}),
    ...(labels.length > 0 ? { labels } : {}),
  }
  return choice.clusters.flatMap((cluster) => {
    const namespaces = cluster.namespaceNames.filter((namespace) => choice.inNamespace(cluster, namespace))
    return namespaces.flatMap((namespace) => {
      pause()
      const meant = cluster.workloads(namespace).filter((one) => !isPassed(one) && choice.means(one))
      const owners = new Set(meant.map(({ owner }) => `${owner.kind}/${owner.name}`))
      return [...owners].map((workload) => ({
        from: { cluster: cluster.name, namespace, workload, ...narrowing },
        domain: cluster.clusterDomain,
      }))
    })
  })
}

/** One caller that a question can name as it stands; undefined: it is a choice. */
function asQuestion(snapshot: Snapshot, stated: Exclude<AssertionCallers, '*'>): SourceInput | undefined {
  const { tenant, labels, ...rest } = stated
  const source: SourceInput = { ...rest, ...(labels ? { labels: labelsOf(labels) } : {}) }
  if (stated.outside || stated.gateway || stated.proxy) return source
  const { namespace, workload } = stated
  const [only, ...others] = snapshot.clusters.keys()
  const cluster = stated.cluster || (others.length === 0 ? only : undefined)
  if (tenant || !cluster || !namespace || !workload || [cluster, namespace, workload].some(isPattern)) return undefined
  return { ...source, cluster }
}

function domainOf(snapshot: Snapshot, { cluster, gateway, proxy }: SourceInput): string | undefined {
  const name = cluster ?? proxy?.cluster ?? gateway?.split('/')[0]
  return name ? snapshot.clusters.get(name)?.clusterDomain : undefined
}
