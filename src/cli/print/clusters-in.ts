import type { Step } from '#engine/model/step'

/** Where the objects stand that are behind it; a cluster is its own place. */
export const clustersIn = ({ because }: Pick<Step, 'because'>): readonly string[] =>
  because.flatMap(({ kind, cluster, name: named }) => (kind === 'Cluster' ? [named] : (cluster ?? [])))
