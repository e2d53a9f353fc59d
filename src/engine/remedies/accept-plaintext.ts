import { serversOf } from './servers-of.js'
import { apiVersion, freeName } from './free-name.js'
import { addObjects, type Proposal, type Propose } from './proposal.js'
import { selectorOf } from './selector-of.js'
import { failedFor, type Situation } from './situation.js'

/** The server insists on mutual TLS: let this one port of it take plaintext as well. The last resort. Rules TLS-1 … TLS-3, TLS-11. */
export const acceptPlaintext: Propose = (situation) => {
  const rejected = failedFor(situation, 'TLS_REJECTED').filter(({ via }) => via === null)
  const servers = serversOf(situation.snapshot, rejected)
  const ports = [...new Set(rejected.flatMap(({ port }) => port ?? []))]
  return servers.length === 1 && ports.length > 0 ? servers.flatMap((server) => permissive(situation, server, ports)) : []
}

const permissive = (
  { snapshot }: Situation,
  server: ReturnType<typeof serversOf>[number],
  ports: readonly number[],
): readonly Proposal[] => {
  const view = server.controlPlane === undefined ? undefined : snapshot.view(server.controlPlane)
  const cluster = view?.configCluster?.name
  if (view === undefined || cluster === undefined || server.dataPlane !== 'SIDECAR') return []
  const { namespace, owner } = server
  const name = freeName(`${owner.name}-permissive`, view.configuration.peerAuthentications.get(namespace) ?? [])
  const manifest = {
    apiVersion: apiVersion(view, 'security'),
    kind: 'PeerAuthentication',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: selectorOf(snapshot, server) },
      portLevelMtls: Object.fromEntries(ports.map((port) => [port, { mode: 'PERMISSIVE' }])),
    },
  }
  const shown = ports.map((port) => `${port}`).join(', ')
  const summary = `weaker: let \`${namespace}/${owner.name}\` take plaintext on port ${shown} as well, from everybody, so that nothing there proves who calls`
  return [{ ...addObjects(summary, cluster, [manifest]), isWeaker: true }]
}
