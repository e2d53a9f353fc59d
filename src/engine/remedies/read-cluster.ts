import { unseenEndpoints } from '../analysis/discovery/unseen-endpoints.js'
import type { TopologyHeader } from '../model/topology-document.js'
import type { ControlPlane } from '../snapshot/snapshot.js'
import { chosenTargets } from './chosen-targets.js'
import { type Proposal, type Propose, stateFact } from './proposal.js'

/** All endpoints stand in clusters that the control plane does not read: a remote secret for them. Rules EDS-1, EDS-2, MODEL-20. */
export const readCluster: Propose = (situation) => {
  const view = situation.clients.find((client) => client.view !== undefined)?.view
  if (view?.clustersKnown !== true) return []
  const unseen = chosenTargets(situation).flatMap((target) => unseenEndpoints(view, target))
  const names = [...new Set(unseen.map(({ cluster }) => cluster))]
  return names.slice(0, 2).map((name): Proposal => {
    const plane = view.controlPlane
    const where = plane.configCluster ?? plane.cluster ?? plane.name
    const summary = `let control plane \`${plane.name}\` read cluster \`${name}\`: apply the remote secret that \`istioctl create-remote-secret --name=${name}\` makes there to cluster \`${where}\``
    return stateFact(summary, where, withSecret(plane, name))
  })
}

/** Stated where the document already states the control plane's secrets, or else of its cluster. */
const withSecret =
  (plane: ControlPlane, name: string) =>
  (header: TopologyHeader): TopologyHeader => {
    const remoteSecrets = [...(plane.remoteSecrets.value ?? []), name]
    const put = <T extends { readonly name: string }>(entry: T, wanted: string | undefined): T =>
      entry.name === wanted ? { ...entry, remoteSecrets } : entry
    const own = header.controlPlanes?.find((entry) => entry.name === plane.name && entry.remoteSecrets !== undefined)
    if (own !== undefined) return { ...header, controlPlanes: header.controlPlanes?.map((entry) => put(entry, plane.name)) ?? [] }
    return { ...header, clusters: header.clusters.map((entry) => put(entry, plane.cluster ?? plane.configCluster)) }
  }
