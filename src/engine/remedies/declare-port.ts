import { selectInstances } from '../snapshot/clusters/find-instance.js'
import type { Service } from '../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot/snapshot.js'
import { changeObject } from '../simulate/change-object.js'
import { mergeFragment, type Proposal, type Propose } from './proposal.js'
import { searchCandidates } from '../analysis/name/search-candidates.js'
import { findService } from '../snapshot/services/find-service.js'
import { readServiceName } from '../snapshot/services/service-names.js'
import { portOf } from './service-in-client-cluster.js'

/** The Service declares another port than the one that is called, which its pods have: this one as well. Rules ROUTE-34, EDS-7. */
export const declarePort: Propose = ({ clients, calls, question, snapshot }) => {
  const [client] = clients
  const { port } = question.to
  const host = calls[0]?.host
  if (client === undefined || host === undefined || !port) return []
  return [...snapshot.clusters.values()].flatMap((cluster) => {
    const object = serviceNamed(cluster, searchCandidates(host, client.workload.namespace, client.cluster.clusterDomain))
    return object === undefined ? [] : declaring(cluster, object, port)
  })
}

function serviceNamed(cluster: Cluster, names: readonly string[]): Service | undefined {
  for (const candidate of names) {
    const asked = readServiceName(candidate, cluster.clusterDomain)
    const found = asked === undefined ? undefined : findService(cluster, asked.namespace, asked.name)
    if (found !== undefined) return found
  }
  return undefined
}

function declaring(cluster: Cluster, object: Service, port: number): readonly Proposal[] {
  const { meta, selector = {}, ports } = object
  if (ports.some(({ number }) => number === port)) return []
  const pods = selectInstances(cluster, meta.namespace, selector)
  if (!pods.some(({ containerPorts }) => containerPorts.some(({ number }) => number === port))) return []
  const added: Service['ports'][number] = { name: `port-${port}`, number: port, protocol: 'AUTO', targetPort: port }
  const all = [...ports, added]
  const { namespace, name } = meta
  const fragment = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { ports: all.map(portOf) } }
  const summary = `declare port ${port}, which the pods have, in Service \`${namespace}/${name}\``
  return [
    mergeFragment(summary, cluster.name, fragment, (resources) =>
      changeObject(resources, 'services', object, (service) => ({ ...service, ports: all })),
    ),
  ]
}
