import type { Assumption } from '../model/step.js'
import { istiodReachAssumptions } from './control-planes/istiod-reach.js'
import { headerRef } from './references.js'
import { rootCertificateAssumptions } from './control-planes/root-certificate-assumptions.js'
import type { Cluster, Snapshot } from './snapshot.js'

const flatNetwork = (clusters: readonly Cluster[]): readonly Assumption[] => {
  const silent = clusters.filter((cluster) => cluster.network.value === undefined)
  if (clusters.length < 2 || silent.length === 0) return []
  const names = silent.map((cluster) => `\`${cluster.name}\``).join(', ')
  return [
    {
      code: 'NETWORK_ASSUMED_FLAT',
      message: `no network is stated for ${names}: their pods are taken to be reachable from everywhere without a gateway`,
      because: silent.map((cluster) => headerRef('Cluster', cluster.name, 'network')),
    },
  ]
}

const system = /^(kube-|istio-system$|istio-operator$)/

/** Namespaces with workloads whose Namespace object is missing, in a cluster with a control plane (MODEL-27). */
const assumedInjection = (cluster: Cluster): readonly Assumption[] => {
  if (cluster.managedBy.length === 0) return []
  const { resources } = cluster
  const names = [...resources.podControllers.keys()].filter((name) => !resources.namespaces.has(name) && !system.test(name)).sort()
  if (names.length === 0 || (cluster.observed && resources.pods.size > 0)) return []
  const list = names.map((name) => `\`${name}\``).join(', ')
  return [
    {
      code: 'INJECTION_ASSUMED',
      message: `cluster \`${cluster.name}\` gives no Namespace object for ${list}: sidecars are taken to be injected there`,
      because: [headerRef('Cluster', cluster.name, 'resources')],
    },
  ]
}

/** What every answer on this snapshot rests on. */
export const generalAssumptions = (known: Pick<Snapshot, 'clusters' | 'controlPlanes' | 'routable'>): readonly Assumption[] => {
  const list = [...known.clusters.values()]
  return [...flatNetwork(list), ...list.flatMap(assumedInjection), ...istiodReachAssumptions(known), ...rootCertificateAssumptions(known)]
}
