import { writeObjectsYaml } from '../../manifests/write-yaml.js'
import type { AlsoOpens, Remedy } from '../../model/step.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { ClusterManifests, Proposal } from '../proposal.js'

/** What has to be done, one change after the other, as a remedy tells it. */
export const writeRemedy = (snapshot: Snapshot, changes: readonly Proposal[], alsoOpens: AlsoOpens | null): Remedy => {
  const parts = changes.flatMap((proposal) => proposal.parts)
  const [cluster, ...others] = new Set(parts.map((part) => part.cluster))
  const single = cluster !== undefined && others.length === 0 && changes.every((proposal) => proposal.parts.length > 0)
  const shown = [
    ...parts.filter(({ manifests }) => manifests.length > 0).map((part) => writePart(part, single)),
    ...changes.flatMap(({ stated }) =>
      stated === undefined ? [] : [`# add to the topology document, to ask again\n${writeObjectsYaml([stated])}`],
    ),
  ]
  return {
    summary: changes.map(({ summary }) => summary).join('; and then '),
    cluster: single ? cluster : null,
    controlPlane: single ? readerOf(snapshot, cluster) : null,
    manifest: shown.length === 0 ? null : shown.join('---\n'),
    alsoOpens,
  }
}

/** The control plane that reads the cluster's Istio objects, where it is one. */
const readerOf = (snapshot: Snapshot, cluster: string): string | null => {
  const [reader, ...others] = [...snapshot.controlPlanes.values()].filter(({ configCluster }) => configCluster === cluster)
  return reader !== undefined && others.length === 0 ? reader.name : null
}

/** Which command takes them; among objects of several clusters each says which one it is for as well. */
const writePart = ({ cluster, manifests, command = 'kubectl apply -f FILE' }: ClusterManifests, single: boolean): string =>
  `${single ? '' : `# cluster: ${cluster}\n`}# ${command}\n${writeObjectsYaml(manifests)}`
