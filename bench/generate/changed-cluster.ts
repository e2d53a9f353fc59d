import type { GeneratedCluster } from './document.js'

/** The same cluster at another moment: one of its pods has another label, so that its part is a new one. */
export function changedCluster(cluster: GeneratedCluster, moment: number): GeneratedCluster {
  const at = cluster.resources.findIndex(({ kind, metadata }) => kind === 'Pod' && metadata.labels?.['app'] !== undefined)
  return {
    ...cluster,
    resources: cluster.resources.map((object, index) =>
      index === at ? { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, moment: `${moment}` } } } : object,
    ),
  }
}
