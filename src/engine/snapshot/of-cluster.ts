import type { Snapshot } from './snapshot.js'

/** In which cluster something is, as the end of its name: with a single one nobody has to be told. */
export const ofCluster = ({ clusters }: Pick<Snapshot, 'clusters'>, name: string): string =>
  clusters.size === 1 && clusters.has(name) ? '' : ` of cluster \`${name}\``
