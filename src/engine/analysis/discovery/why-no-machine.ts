import { findPort } from '../../istiod/endpoints/entry-endpoints.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { WorkloadEntry } from '../../resources/istio/workload-entry.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

/** Why a machine that a Service selects is no endpoint of it; undefined: nothing that is known here keeps it from being one. Rules EDS-12, EDS-19, EDS-29. */
export function whyNoMachine(
  { resources }: Cluster,
  service: Pick<Service, 'headless'>,
  port: ServicePort | undefined,
  { meta }: Workload,
): string | undefined {
  const whose = `${meta.kind} \`${meta.namespace}/${meta.name}\``
  if (meta.kind === 'WorkloadGroup') return `no machine of ${whose} has a WorkloadEntry`
  if (service.headless) return `a headless Service does not lead to machines, as ${whose} is one`
  const entry = resources.workloadEntries.get(meta.namespace)?.find((one) => one.meta.name === meta.name)
  const why = entry === undefined ? undefined : whyNot(entry, port)
  return why === undefined ? undefined : `${whose} ${why}`
}

function whyNot({ endpoint, healthy }: WorkloadEntry, port: ServicePort | undefined): string | undefined {
  if (endpoint.address !== '' && ipFamily(endpoint.address) === undefined)
    return `states \`${endpoint.address}\`, and a Service leads to addresses alone, not to names`
  if (healthy === false) return 'is not healthy, as its health check says'
  const targetPort = port?.targetPort
  return typeof targetPort === 'string' && findPort(endpoint, targetPort) === undefined ? `names no port \`${targetPort}\`` : undefined
}
