import { type Authority, authorityFor } from '../analysis/trust/authority.js'
import { judgeChain } from '../analysis/trust/judge-chain.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { serversOf } from './servers-of.js'
import { type ClusterManifests, type Proposal, type Propose, stateFact } from './proposal.js'
import { failedFor, type Situation } from './situation.js'
import { exchangeSteps, meshConfigPlace } from './told/exchange-steps.js'
import { tellAliases } from './told/tell-aliases.js'

/**
 * The two sides have unrelated roots: each trusts the other's as well; two meshes may also federate, which accepts the trust domain too.
 *
 * Rules TRUST-3 … TRUST-5, TRUST-13.
 */
export const trustRoots: Propose = (situation) => {
  const pairs = strangersOf(situation)
  const [pair] = pairs
  return pair === undefined ? [] : [addingRoots(pairs), ...federating(situation, pair)]
}

/** Whose certificates the other one does not verify. */
interface Strangers {
  readonly issuer: Authority
  readonly acceptor: Authority
}

const strangersOf = (situation: Situation): readonly Strangers[] => {
  const { snapshot, clients, at } = situation
  const servers = serversOf(snapshot, failedFor(situation, 'UNTRUSTED'))
  return clients.flatMap(({ workload }) => {
    const one = authorityFor(snapshot, workload)
    return servers.flatMap((server) => {
      const other = authorityFor(snapshot, server)
      if (one === undefined || other === undefined) return []
      const both = [
        { issuer: one, acceptor: other },
        { issuer: other, acceptor: one },
      ]
      return both.filter(({ issuer, acceptor }) => judgeChain(issuer, acceptor, at).reason === 'NO_COMMON_ROOT')
    })
  })
}

const addingRoots = (pairs: readonly Strangers[]): Proposal => {
  const said = pairs.map(
    ({ issuer, acceptor }) =>
      `proxies of cluster \`${acceptor.cluster.name}\` trust the root of control plane \`${issuer.controlPlane.name}\``,
  )
  const summary = `let ${[...new Set(said)].join(', and ')}: add the root to \`root-cert.pem\` of the \`cacerts\` Secret there (\`rootCertificates\` of the document)`
  const clusters = new Set(pairs.map(({ acceptor }) => acceptor.cluster.name))
  return stateFact(summary, clusters.size === 1 ? ([...clusters][0] ?? null) : null, (header) => pairs.reduce(withRoot, header))
}

/** Its own roots first: without `signingCertificates` the first is what it signs with. */
const withRoot = (header: TopologyHeader, { issuer, acceptor }: Strangers): TopologyHeader => {
  const added = (issuer.roots ?? []).map(({ pem }) => pem)
  const before = (acceptor.roots ?? []).map(({ pem }) => pem)
  const put = <T extends { readonly name: string; readonly rootCertificates?: string[] }>(entry: T, name: string): T =>
    entry.name === name ? { ...entry, rootCertificates: [...new Set([...(entry.rootCertificates ?? before), ...added])] } : entry
  const planes = header.controlPlanes?.map((entry) =>
    entry.rootCertificates === undefined ? entry : put(entry, acceptor.controlPlane.name),
  )
  return {
    ...header,
    clusters: header.clusters.map((entry) => put(entry, acceptor.cluster.name)),
    ...(planes === undefined ? {} : { controlPlanes: planes }),
  }
}

/** Tried as a federation, because MeshConfig may stand in any of several objects. Rules TLS-20, TLS-21, TRUST-9, AUTHZ-15. */
const federating = (situation: Situation, { issuer, acceptor }: Strangers): readonly Proposal[] => {
  const [one, other] = [issuer, acceptor].map(({ cluster, controlPlane }) => controlPlane.mesh ?? cluster.mesh.value)
  if (one === undefined || other === undefined || one === other) return []
  const added = [
    { importer: one, exporter: other, trustBundle: true },
    { importer: other, exporter: one, trustBundle: true },
  ]
  const [first, second] = [acceptor.controlPlane.name, issuer.controlPlane.name]
  const called = [...situation.clients.map(({ workload }) => workload), ...serversOf(situation.snapshot, failedFor(situation, 'UNTRUSTED'))]
  const ends = [issuer, acceptor].flatMap(({ cluster }) => called.find((workload) => workload.cluster === cluster.name) ?? [])
  const steps = exchangeSteps([acceptor, issuer], ends)
  const summary = `let control planes \`${first}\` and \`${second}\` trust each other’s root and trust domain; the operators of both meshes have to do this, as one side alone is not enough; ${steps}; mind that each then trusts every certificate below the other’s root; ${tellAliases(issuer, acceptor)}; to ask again, add the \`federations\` that are printed to the topology document`
  const change: Proposal['change'] = { header: (header) => ({ ...header, federations: [...(header.federations ?? []), ...added] }) }
  return [{ summary, parts: [acceptingOf(acceptor, issuer), acceptingOf(issuer, acceptor)], stated: { federations: added }, change }]
}

/** What one side's MeshConfig gets of the other's; agents ask for roots that are not their own control plane's only where they are told to. */
const acceptingOf = (side: Authority, other: Authority): ClusterManifests => {
  const { cluster, namespace, name } = meshConfigPlace(side)
  const added = {
    trustDomainAliases: [other.trustDomain],
    caCertificates: (other.roots ?? []).map(({ pem }) => ({ pem })),
    defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: 'true' } },
  }
  const command = `add under key mesh of ConfigMap ${name} in ${namespace}\n# append to the lists if they exist\n# what control plane ${other.controlPlane.name} has`
  return { cluster, manifests: [added], command }
}
