/**
 * Why is a name that the document has not in the registry of a control plane?
 *
 * It stands in clusters that the control plane does not read, or in a namespace that its discovery selectors leave out. Rules EDS-1, EDS-2, MODEL-7, MODEL-16.
 */
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { type EntryElsewhere, entryElsewhere, findElsewhere } from '../name/known-elsewhere.js'
import { type LeftOut, leftOut, unselected } from './left-out.js'

export type Beyond = LeftOut

/** `names`: what the client's resolver would try, the likeliest first. */
export function beyondRegistry(client: Client, view: ControlPlaneView, names: readonly string[]): Beyond | undefined {
  return leftOut(view, names, [client.cluster]) ?? ofUnreadClusters(client, view, names) ?? ofOtherEntries(client, view, names)
}

function ofUnreadClusters(client: Client, view: ControlPlaneView, names: readonly string[]): Beyond | undefined {
  const found = findElsewhere(client, names)
  if (found === undefined) return undefined
  const { controlPlane, clustersKnown, clusters } = view
  const { name, namespace, because } = found
  if (found.clusters.some((one) => clusters.some(({ name: read }) => read === one))) {
    const isTaken = found.clusters.some((one) => view.selects(one, namespace))
    const there = clusters.find((one) => found.clusters.includes(one.name))
    return isTaken ? undefined : unselected(view, namespace, there)
  }
  const several = found.clusters.length > 1
  const where = `cluster${several ? 's' : ''} ${found.clusters.map((one) => `\`${one}\``).join(', ')}`
  const start = `Service \`${namespace}/${name}\` is in ${where} only`
  if (clustersKnown) {
    const message = `${start}, which control plane \`${controlPlane.name}\` does not read`
    return { reason: 'CLUSTER_NOT_READ', message, because: [...because, controlPlane.ref] }
  }
  const message = `${start}, and whether control plane \`${controlPlane.name}\` reads ${several ? 'these' : 'it'} is not given (\`remoteSecrets\`)`
  return { reason: 'INPUT_MISSING', message, because: [...because, controlPlane.ref] }
}

/** A host of a ServiceEntry that is none of the control plane's own configuration (MODEL-16). */
function ofOtherEntries({ snapshot }: Client, view: ControlPlaneView, names: readonly string[]): Beyond | undefined {
  const found = entryElsewhere(snapshot, names)
  if (found === undefined) return undefined
  const { entry, cluster, because } = found
  if (cluster === view.configCluster && !view.selects(cluster.name, entry.meta.namespace))
    return unselected(view, entry.meta.namespace, cluster)
  const message = `${tellEntry(found)}, whose Istio objects control plane \`${view.controlPlane.name}\` does not read`
  return { reason: 'CLUSTER_NOT_READ', message, because: [...because, view.controlPlane.ref] }
}

export const tellEntry = ({ name, entry: { meta }, cluster }: EntryElsewhere): string =>
  `\`${name}\` is a name of ServiceEntry \`${meta.namespace}/${meta.name}\` in cluster \`${cluster.name}\``
