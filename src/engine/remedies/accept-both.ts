import { mutualTlsMode } from '../istiod/inbound/mutual-tls-mode.js'
import { serversOf } from './servers-of.js'
import { apiVersion, freeName } from './free-name.js'
import { addObjects, type Proposal, type Propose } from './proposal.js'
import { selectorOf } from './selector-of.js'
import { failedFor, type Situation } from './situation.js'

/**
 * The server insists on mutual TLS, or on plaintext: let this one port of it take the other as well. Plaintext is the last resort.
 * Rules TLS-1 … TLS-3, TLS-11.
 */
export const acceptBoth: Propose = (situation) => {
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
  const whose = `let \`${namespace}/${owner.name}\` take`
  const where = `on port ${ports.map((port) => `${port}`).join(', ')} as well`
  if (ports.every((port) => mutualTlsMode(view, namespace, server.labels, port).mode === 'DISABLE'))
    return [addObjects(`${whose} Istio’s mutual TLS ${where}; plaintext stays as it is`, cluster, [manifest])]
  const summary = `weaker: ${whose} plaintext ${where}, from everybody, so that nothing there proves who calls`
  return [{ ...addObjects(summary, cluster, [manifest]), isWeaker: true }]
}
