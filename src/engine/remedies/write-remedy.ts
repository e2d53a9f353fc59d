import { writeObjectsYaml } from '../manifests/write-yaml.js'
import type { Remedy } from '../model/step.js'
import type { ClusterManifests, Proposal } from './proposal.js'

/** What has to be done, one change after the other, as a remedy tells it. */
export const writeRemedy = (changes: readonly Proposal[]): Remedy => {
  const parts = changes.flatMap((proposal) => proposal.parts)
  const [cluster, ...others] = new Set(parts.map((part) => part.cluster))
  const single = cluster !== undefined && others.length === 0 && changes.every((proposal) => proposal.parts.length > 0)
  const shown = parts.filter(({ manifests }) => manifests.length > 0)
  return {
    summary: changes.map(({ summary }) => summary).join('; and then '),
    cluster: single ? cluster : null,
    manifest: shown.length === 0 ? null : shown.map((part) => writePart(part, single)).join('---\n'),
  }
}

/** Among objects of several clusters each says in a comment which one it is for. */
const writePart = ({ cluster, manifests }: ClusterManifests, single: boolean): string =>
  `${single ? '' : `# cluster: ${cluster}\n`}${writeObjectsYaml(manifests)}`
