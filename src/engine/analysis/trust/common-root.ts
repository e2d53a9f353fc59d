/**
 * A common root without certificates: what the document states of a mesh, and what would settle the question where it states nothing (TRUST-3).
 */
import type { Assumption } from '../../model/step.js'
import type { Authority } from './authority.js'
import { judged, type Judgement } from './judgement.js'

export const meshOf = ({ controlPlane, cluster }: Authority): string | undefined => controlPlane.mesh ?? cluster.mesh.value

const sharedMesh = (issuer: Authority, acceptor: Authority): string | undefined => {
  const mesh = meshOf(issuer)
  return mesh !== undefined && mesh === meshOf(acceptor) ? mesh : undefined
}

/** `commonRoot` of the mesh of both: all its control planes chain to one root. */
export function commonRootOf(issuer: Authority, acceptor: Authority): Judgement | undefined {
  const name = sharedMesh(issuer, acceptor)
  const mesh = issuer.snapshot.meshes.find((one) => one.name === name)
  if (mesh?.commonRoot === undefined) return undefined
  const message = `the document states that all control planes of mesh \`${mesh.name}\` chain to one root`
  const assumption: Assumption = { code: 'COMMON_ROOT_STATED', message, because: [mesh.commonRoot] }
  return judged('TRUSTED', 'COMMON_ROOT', message, [mesh.commonRoot], [assumption])
}

/** The two lines of the document, where one mesh is meant, or the commands that fetch what is missing. */
export function howToSettle(issuer: Authority, acceptor: Authority): string {
  const mesh = sharedMesh(issuer, acceptor)
  const lines =
    mesh === undefined
      ? ''
      : `if both have one root, two lines of \`topology.yaml\` say so, \`meshes:\` and \`  - { name: ${mesh}, commonRoot: true }\`; else `
  return `${lines}give each side’s root as an object of its cluster, by ${rootCommands(issuer, acceptor)}`
}

/** One for each side; contexts are taken to be called as the clusters. */
function rootCommands(issuer: Authority, acceptor: Authority): string {
  const missing = [
    ...(issuer.signing === undefined ? [commandFor(issuer)] : []),
    ...(acceptor.roots === undefined ? [commandFor(acceptor)] : []),
  ]
  return [...new Set(missing)].map((command) => `\`${command}\``).join(' and ')
}

const commandFor = ({ cluster, controlPlane }: Authority): string =>
  `kubectl --context ${cluster.name} -n ${controlPlane.systemNamespace} get configmap istio-ca-root-cert -o yaml`
