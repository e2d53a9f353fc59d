import { type Authority, authorityOf } from '../analysis/trust/authority.js'
import { judgeChain } from '../analysis/trust/judge-chain.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { serversOf } from './servers-of.js'
import { type ClusterManifests, type Proposal, type Propose, stateFact } from './proposal.js'
import { failedFor, type Situation } from './situation.js'
import { tellAliases } from './told/tell-aliases.js'

/**
 * The two sides have unrelated roots: each trusts the other's as well; two meshes may also federate, which accepts the trust domain too.
 *
 * Rules TRUST-3 … TRUST-5, TRUST-13.
 */
export const trustRoots: Propose = (situation) => {
  const pairs = strangersOf(situation)
  const [pair] = pairs
  return pair === undefined ? [] : [addingRoots(pairs), ...federating(pair)]
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
    const one = authorityOf(snapshot, workload.cluster, workload.controlPlane)
    return servers.flatMap((server) => {
      const other = authorityOf(snapshot, server.cluster, server.controlPlane)
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
const federating = ({ issuer, acceptor }: Strangers): readonly Proposal[] => {
  const [one, other] = [issuer, acceptor].map(({ cluster, controlPlane }) => controlPlane.mesh ?? cluster.mesh.value)
  if (one === undefined || other === undefined || one === other) return []
  const added = [
    { importer: one, exporter: other, trustBundle: true },
    { importer: other, exporter: one, trustBundle: true },
  ]
  const [first, second] = [acceptor.controlPlane.name, issuer.controlPlane.name]
  const steps = `1. add what is printed for each to its MeshConfig (ConfigMap \`istio\`), which is the root and the trust domain of the other; 2. set \`ISTIO_MULTIROOT_MESH=true\` in the environment of both istiods, and \`PROXY_CONFIG_XDS_AGENT: "true"\` in \`defaultConfig.proxyMetadata\` of both MeshConfigs; 3. restart both istiods, then gateways and workloads`
  const summary = `let control planes \`${first}\` and \`${second}\` trust each other’s root and trust domain; ${steps}; mind that each then trusts every certificate below the other’s root, and that ${tellAliases}; to ask again, state in the document that meshes \`${one}\` and \`${other}\` are \`federations\` with \`trustBundle: true\` both ways`
  const change: Proposal['change'] = { header: (header) => ({ ...header, federations: [...(header.federations ?? []), ...added] }) }
  return [{ summary, parts: [acceptingOf(acceptor, issuer), acceptingOf(issuer, acceptor)], change }]
}

/** What one side's MeshConfig gets of the other's. */
const acceptingOf = ({ controlPlane, cluster }: Authority, other: Authority): ClusterManifests => ({
  cluster: controlPlane.configCluster ?? cluster.name,
  manifests: [{ trustDomainAliases: [other.trustDomain], caCertificates: (other.roots ?? []).map(({ pem }) => ({ pem })) }],
  command: `add to the MeshConfig of control plane ${controlPlane.name}\n# what control plane ${other.controlPlane.name} has`,
})
