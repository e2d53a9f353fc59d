import { remembered } from '../remembered.js'
import type { KindName } from '../snapshot/clusters/unread-kind.js'
import type { ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'

interface Completeness {
  readonly whole: boolean
}

/** Does the document hold every cluster that a control plane is known to read? What one of the others holds, nobody here can say. */
export const hasAllClusters = (snapshot: Snapshot): boolean => completenessOf(snapshot).whole

const completenessOf = remembered(
  ({ controlPlanes, clusters }: Snapshot): Completeness => ({
    whole: [...controlPlanes.values()].every(({ remoteSecrets }) => (remoteSecrets.value ?? []).every((name) => clusters.has(name))),
  }),
)

/** May the control plane read further clusters of the document, of which nobody says whether it does? What stands in none of them is nowhere. */
export const mayReadMore = ({ clustersKnown, clusters, snapshot }: ControlPlaneView): boolean =>
  !clustersKnown && clusters.length < snapshot.clusters.size

/** May everybody who has an identity that is accepted be in the document? */
export const seesAllCallers = (snapshot: Snapshot): boolean => hasAllClusters(snapshot) && !trustsUnseen(snapshot)

/** Is a mesh trusted of which the document holds no cluster? */
function trustsUnseen({ federations, meshes, controlPlanes }: Snapshot): boolean {
  const seen = new Set(meshes.filter(({ clusters }) => clusters.length > 0).map(({ name }) => name))
  if (federations.some(({ exporter }) => !seen.has(exporter))) return true
  const domains = new Set([...controlPlanes.values()].map(({ meshConfig }) => meshConfig.trustDomain))
  const trusted = [...controlPlanes.values()].flatMap(({ meshConfig }) =>
    meshConfig.caCertificates.flatMap(({ trustDomains }) => trustDomains),
  )
  return trusted.some((domain) => !domains.has(domain))
}

/** Could objects of one of the kinds not be read, in that namespace (any, if none is named) of some cluster? */
export const isUnread = ({ clusters }: Snapshot, kinds: readonly KindName[], namespace?: string): boolean =>
  [...clusters.values()].some(({ unread }) =>
    unread.some(
      (one) =>
        kinds.some((kind) => one.names.has(kind)) &&
        (namespace === undefined || one.namespace === undefined || one.namespace === namespace),
    ),
  )
