import { type Authority, authorityFor } from '../analysis/trust/authority.js'
import { judgeTrustDomain } from '../analysis/trust/judge-trust-domain.js'
import { serversOf } from './servers-of.js'
import { type Propose, stateFact } from './proposal.js'
import { failedFor } from './situation.js'
import { tellAliases } from './told/tell-aliases.js'

/**
 * The roots are fine, but the server's sidecar accepts no client of this trust domain: an alias in its control plane's MeshConfig.
 *
 * Tried as a federation that accepts the trust domain, because MeshConfig may stand in any of several objects. Rules TLS-20, TRUST-11, AUTHZ-15.
 */
export const acceptTrustDomain: Propose = (situation) => {
  const { snapshot, clients } = situation
  const [client] = clients.flatMap(({ workload }) => authorityFor(snapshot, workload) ?? [])
  const servers = serversOf(snapshot, failedFor(situation, 'UNTRUSTED'))
  const [server] = servers.flatMap((one) => authorityFor(snapshot, one) ?? [])
  if (client === undefined || server === undefined || judgeTrustDomain(client.trustDomain, server).verdict !== 'NOT_TRUSTED') return []
  const importer = meshOf(server)
  if (importer === undefined) return []
  const added = { importer, exporter: meshOf(client) ?? importer, trustDomains: [client.trustDomain] }
  const { name, cluster } = server.controlPlane
  const summary = `let control plane \`${name}\` accept clients of trust domain \`${client.trustDomain}\`: add it to \`trustDomainAliases\` of its MeshConfig; ${tellAliases(client, server)}`
  return [stateFact(summary, cluster ?? null, (header) => ({ ...header, federations: [...(header.federations ?? []), added] }))]
}

const meshOf = ({ controlPlane, cluster }: Authority): string | undefined => controlPlane.mesh ?? cluster.mesh.value
