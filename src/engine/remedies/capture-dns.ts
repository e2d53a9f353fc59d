import type { TopologyHeader } from '../model/topology-document.js'
import { searchCandidates } from '../analysis/name/search-candidates.js'
import { type Propose, stateFact } from './proposal.js'

const capturing =
  (cluster: string) =>
  (header: TopologyHeader): TopologyHeader => ({
    ...header,
    clusters: header.clusters.map((entry) => (entry.name === cluster ? { ...entry, dns: { ...entry.dns, capture: true } } : entry)),
  })

/** The proxy knows a service that the cluster's DNS does not: with DNS capture it answers itself. Rules DNS-7 … DNS-9. */
export const captureDns: Propose = ({ calls }) => {
  const [call] = calls
  const { workload, view, cluster } = call?.client ?? {}
  if (call === undefined || workload === undefined || view === undefined || cluster === undefined) return []
  if (workload.dataPlane !== 'SIDECAR' || workload.dnsCapture) return []
  const names = searchCandidates(call.host, workload.namespace, cluster.clusterDomain)
  if (!names.some((name) => view.servicesByHost(name).length > 0)) return []
  const summary = `turn on DNS capture for the proxies of cluster \`${cluster.name}\` (\`ISTIO_META_DNS_CAPTURE: "true"\` in \`meshConfig.defaultConfig.proxyMetadata\`, and restart them): they then answer for every service that they know, those that only other clusters have too`
  return [stateFact(summary, cluster.name, capturing(cluster.name))]
}
