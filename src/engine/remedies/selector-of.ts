import { servicesSelecting } from '../snapshot/services/services-selecting.js'
import type { Labels } from '../resources/meta.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'

const changing = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
])

/** Labels by which a policy finds the workload: those its Service selects it by, or those that all its instances have. */
export const selectorOf = (snapshot: Snapshot, workload: Workload): Labels => {
  const cluster = snapshot.clusters.get(workload.cluster)
  const service = cluster === undefined ? undefined : servicesSelecting(cluster, workload)[0]
  const lasting = ([key]: [string, string]): boolean => !changing.has(key) && !key.includes('istio.io/')
  return service?.selector ?? Object.fromEntries(Object.entries(workload.labels).filter(lasting))
}
