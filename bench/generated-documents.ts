import { changedCluster } from './generate/changed-cluster.js'
import { clusterEntry, documentOf, type GeneratedCluster } from './generate/document.js'
import type { Plan } from './generate/plan.js'

/** The generated document and what becomes of it when its first cluster changes, as JSON bytes. */
export interface GeneratedDocuments {
  readonly document: Buffer
  /** The document with the first cluster as it is at this moment. */
  changed(moment: number): Buffer
  /** That cluster's entry by itself. */
  entry(moment: number): Buffer
  readonly cluster: string
}

export function generateDocuments(plan: Plan): GeneratedDocuments {
  const clusters = plan.clusters.map((cluster) => clusterEntry(plan, cluster))
  const [first] = clusters
  if (first === undefined) throw new Error('a plan has clusters')
  const header = JSON.stringify(
    documentOf(
      clusters.map((cluster) => ({ ...cluster, resources: [] })),
      plan,
    ),
  )
  const start = header.slice(0, header.indexOf('"clusters":[') + '"clusters":['.length)
  const rest = clusters.slice(1).map((cluster) => JSON.stringify(cluster))
  const whole = (cluster: GeneratedCluster): Buffer => Buffer.from(`${start}${[JSON.stringify(cluster), ...rest].join(',')}]}`)
  return {
    document: whole(first),
    changed: (moment) => whole(changedCluster(first, moment)),
    entry: (moment) => Buffer.from(JSON.stringify(changedCluster(first, moment))),
    cluster: first.name,
  }
}
