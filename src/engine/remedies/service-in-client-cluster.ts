import { findService } from '../snapshot/services/find-service.js'
import { findElsewhere } from '../analysis/name/known-elsewhere.js'
import { searchCandidates } from '../analysis/name/search-candidates.js'
import type { Client } from '../analysis/call/call.js'
import { protocolOfServicePort } from '../resources/kubernetes/protocol.js'
import type { Service, ServicePort } from '../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot/snapshot.js'
import { addObjects, type Propose } from './proposal.js'

/**
 * A name that exists only in other clusters: the same Service here, behind which no pod has to stand.
 *
 * The cluster's own DNS then has an address to answer with, and the proxy sends the call to the endpoints elsewhere. Rules DNS-2, EDS-3.
 */
export const serviceInClientCluster: Propose = ({ clients, calls }) => {
  const [client] = clients
  const host = calls[0]?.host
  if (client === undefined || host === undefined) return []
  const { cluster, workload } = client
  const found = findElsewhere(client, searchCandidates(host, workload.namespace, cluster.clusterDomain))
  if (found === undefined || found.clusters.includes(cluster.name)) return []
  const holder = readFirst(client, found.clusters)
  const service = holder === undefined ? undefined : findService(holder, found.namespace, found.name)
  if (holder === undefined || service === undefined) return []
  const summary = `create Service \`${found.namespace}/${found.name}\` in cluster \`${cluster.name}\` as it is in \`${holder.name}\`: the name then resolves, and no pod has to stand behind it here`
  return [addObjects(summary, cluster.name, [...namespaceFor(cluster, found.namespace), manifestOf(service)])]
}

/** Of the clusters that have the Service, one that the client's control plane reads. */
const readFirst = ({ view, snapshot }: Client, names: readonly string[]): Cluster | undefined =>
  view?.clusters.find(({ name }) => names.includes(name)) ?? snapshot.clusters.get(names[0] ?? '')

const namespaceFor = ({ resources }: Cluster, name: string): readonly unknown[] =>
  resources.namespaces.size === 0 || resources.namespaces.has(name) ? [] : [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]

const exportTo = 'networking.istio.io/exportTo'

const manifestOf = ({ meta, type, externalName, headless, selector, ports }: Service): unknown => {
  const exported = meta.annotations[exportTo]
  const metadata = {
    name: meta.name,
    namespace: meta.namespace,
    ...(exported === undefined ? {} : { annotations: { [exportTo]: exported } }),
  }
  const spec =
    type === 'ExternalName'
      ? { type, externalName, ports: ports.map(portOf) }
      : {
          ...(headless ? { clusterIP: 'None' } : {}),
          ...(selector === undefined ? {} : { selector }),
          ports: ports.map(portOf),
        }
  return { apiVersion: 'v1', kind: 'Service', metadata, spec }
}

const words = { HTTP: 'http', TLS: 'tls', TCP: 'tcp' } as const

/** Istio has to read the same protocol from it, and what was read from `appProtocol` is not in the name (TLS-12). */
export const portOf = ({ name, number, protocol, targetPort }: ServicePort): unknown => {
  const transport = protocol === 'UDP' ? 'UDP' : 'TCP'
  const read = protocolOfServicePort({ protocol: transport, appProtocol: undefined, name, number })
  const said = read === protocol || protocol === 'UDP' || protocol === 'AUTO' ? {} : { appProtocol: words[protocol] }
  return { ...(name === '' ? {} : { name }), port: number, targetPort, protocol: transport, ...said }
}
