import type { ResourceRef } from '../../model/resource-ref.js'
import { ofCluster } from '../../snapshot/of-cluster.js'
import type { Snapshot } from '../../snapshot/snapshot.js'

/** Whoever declares the protocol of a server's port, as the subject of a sentence (TLS-12, VIS-16). */
export const tellDeclarer = (snapshot: Snapshot, { kind, namespace, name, cluster }: ResourceRef): string =>
  `${kind} \`${namespace}/${name}\`${cluster === null ? '' : ofCluster(snapshot, cluster)}`
