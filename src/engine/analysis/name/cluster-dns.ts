import type { ResourceRef } from '../../model/resource-ref.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { findService } from '../../snapshot/services/find-service.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import { podHostnames } from '../../snapshot/workloads/pod-hostnames.js'
import { readServiceName } from '../../snapshot/services/service-names.js'

/** What a resolver answers: addresses in the order they are found, and the objects behind them. */
export interface NameAnswer {
  readonly addresses: readonly string[]
  readonly because: readonly ResourceRef[]
  /** The name outside the cluster that an ExternalName leads to, whose resolution nobody here can know. */
  readonly external?: string
}

/**
 * What the cluster's own DNS answers for a fully qualified name; undefined: nothing.
 *
 * It knows the Service objects of its own cluster and nothing else; `auto` stands for an address the cluster gives when the
 * Service is created. Rules DNS-1, DNS-2, DNS-4.
 */
export function askClusterDns(cluster: Cluster, host: string, depth = 0): NameAnswer | undefined {
  const asked = readServiceName(host, cluster.clusterDomain)
  const service = asked === undefined ? undefined : findService(cluster, asked.namespace, asked.name)
  if (asked === undefined || service === undefined || depth > 8) return undefined
  const because = [cluster.ref(service.meta)]
  if (service.type === 'ExternalName') return followExternalName(cluster, service, because, depth)
  if (service.headless) {
    const addresses = headlessAddresses(cluster, service, asked.pod)
    return addresses.length === 0 ? undefined : { addresses, because }
  }
  if (asked.pod !== undefined) return undefined
  return { addresses: service.clusterIps.length > 0 ? service.clusterIps : ['auto'], because }
}

function followExternalName(cluster: Cluster, service: Service, because: readonly ResourceRef[], depth: number): NameAnswer | undefined {
  const target = service.externalName?.toLowerCase().replace(/\.$/, '')
  if (target === undefined || target === '') return undefined
  if (!target.endsWith(`.${cluster.clusterDomain}`)) return { addresses: [], because, external: target }
  const answer = askClusterDns(cluster, target, depth + 1)
  return answer === undefined ? undefined : { ...answer, because: [...because, ...answer.because] }
}

/** Ready pods of this cluster only (DNS-4); a pod's own name answers with that pod. */
function headlessAddresses(cluster: Cluster, { meta, publishNotReadyAddresses }: Service, pod: string | undefined): readonly string[] {
  const endpoints = clusterEndpoints(cluster, meta.namespace, meta.name)
  const answering = endpoints.filter((one) => one.health === 'HEALTHY' || publishNotReadyAddresses)
  const asked =
    pod === undefined
      ? answering
      : answering.filter(({ workload }) => workload !== undefined && podHostnames(cluster, workload, meta.name).includes(pod))
  return [...new Set(asked.map((one) => one.address))]
}
