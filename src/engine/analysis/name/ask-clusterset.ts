/**
 * What answers `name.namespace.svc.clusterset.local`, where the client's proxy does not?
 *
 * The cluster's DNS as an implementation of Multi-Cluster Services has made it: it knows what is imported into its own cluster, by the addresses
 * that the import has, or, of a headless Service, by those of the exporting clusters' pods. The plain name of the cluster keeps its meaning.
 * Rules DNS-20, MCS-14, MCS-15, MCS-23.
 */
import type { Assumption } from '../../model/step.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import type { ServiceImport } from '../../resources/kubernetes/service-import.js'
import { type ClustersetName, readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { importOf } from '../../snapshot/services/names-clusterset.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { podHostnames } from '../../snapshot/workloads/pod-hostnames.js'
import type { ResolvedCall } from '../call/call.js'
import { type Ended, goOn, type Outcome, stop, undetermined } from '../call/outcome.js'
import type { Named } from '../call/stage-values.js'
import { exportersOf } from '../packets/exporters-of.js'

/** Undefined: it is no name of a set of clusters. */
export function askClusterset({ client, host }: Pick<ResolvedCall, 'client' | 'host'>): Outcome<Named> | undefined {
  const asked = readClustersetName(host)
  if (asked === undefined) return undefined
  const { cluster, snapshot } = client
  const made = importOf(cluster, asked.namespace, asked.name)
  if (made === undefined) return withoutImport(snapshot, cluster, host, asked)
  const addresses = importAddresses(snapshot, asked, made)
  const because = [cluster.ref(made.meta)]
  if (addresses.length === 0) {
    return stop('NAME', { reason: 'NAME_NOT_RESOLVED', message: whyNone(cluster, asked, made), because })
  }
  const shown = addresses.slice(0, 3).map((address) => `\`${address}\``)
  const message = `\`${host}\` resolves to ${shown.join(', ')} by the DNS of cluster \`${cluster.name}\``
  const value: Named = { hostname: host, addresses, resolvedBy: 'CLUSTER_DNS' }
  return goOn('NAME', value, { reason: 'NAME_RESOLVED', message, because }, { assumptions: [servedByDns(cluster, host, because)] })
}

const servedByDns = ({ name }: Cluster, host: string, because: Assumption['because']): Assumption => ({
  code: 'CLUSTERSET_ASSUMED',
  message: `the DNS of cluster \`${name}\` is taken to serve \`${host}\`, as implementations of Multi-Cluster Services make it`,
  because: [...because],
})

/** What the set's DNS answers for an import: its own addresses, or the ready pods of those that export a headless one. */
export function importAddresses(snapshot: Snapshot, asked: ClustersetName, { headless, ips }: ServiceImport): readonly string[] {
  if (!headless) return asked.cluster === undefined ? ips : []
  const found = exportersOf(snapshot, asked).flatMap(({ cluster }) => {
    if (asked.cluster !== undefined && asked.cluster !== cluster.name) return []
    const ready = clusterEndpoints(cluster, asked.namespace, asked.name).filter(({ health }) => health === 'HEALTHY')
    return ready.filter(({ workload }) => isAsked(cluster, asked, workload)).map(({ address }) => address)
  })
  return [...new Set(found)]
}

/** A pod is asked for with its own name and its cluster's before the Service's. */
const isAsked = (
  cluster: Cluster,
  { name, cluster: one, pod }: ClustersetName,
  workload: Parameters<typeof podHostnames>[1] | undefined,
): boolean => one === undefined || (pod !== undefined && workload !== undefined && podHostnames(cluster, workload, name).includes(pod))

function whyNone({ name: place }: Cluster, { namespace, name, cluster, pod }: ClustersetName, { headless }: ServiceImport): string {
  const one = `ServiceImport \`${namespace}/${name}\` of cluster \`${place}\``
  if (!headless) return cluster === undefined ? `${one} has no address` : `${one} is not headless, and its pods have no names therefore`
  return pod === undefined
    ? `no ready pod of a cluster that exports it stands behind headless ${one}`
    : `no ready pod behind headless ${one} is named \`${pod}\` in cluster \`${cluster ?? ''}\``
}

/** Imports are written for all clusters that have the namespace, by somebody else: what is not there may only not be given. */
function withoutImport(snapshot: Snapshot, cluster: Cluster, host: string, { namespace, name }: ClustersetName): Ended {
  const exporters = exportersOf(snapshot, { namespace, name })
  const because = exporters.map(({ cluster: one, service }) => one.ref(service.meta))
  const stopped = (message: string): Ended => stop('NAME', { reason: 'NAME_NOT_RESOLVED', message, because })
  const here = `cluster \`${cluster.name}\``
  if (exporters.length === 0)
    return stopped(
      `${here} has no ServiceImport \`${namespace}/${name}\`, and no cluster exports such a Service: \`${host}\` has no address`,
    )
  if (!cluster.namespaceNames.includes(namespace))
    return stopped(`${here} has no namespace \`${namespace}\`, so nothing of it is imported: \`${host}\` has no address`)
  const by = exporters.map(({ cluster: one }) => `\`${one.name}\``).join(', ')
  if (cluster.observed)
    return stopped(`${here} has no ServiceImport \`${namespace}/${name}\`, although ${by} export it: \`${host}\` has no address`)
  return undetermined(
    'NAME',
    `whether an implementation of Multi-Cluster Services imports \`${namespace}/${name}\`, which ${by} export, into ${here} is not known; give its ServiceImport`,
    because,
  )
}
