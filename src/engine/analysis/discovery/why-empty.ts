import type { ResourceRef } from '../../model/resource-ref.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { ofCluster } from '../../snapshot/of-cluster.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { podField } from '../../snapshot/workloads/pod-field.js'
import { isEmptyTemplate, type Workload } from '../../snapshot/workloads/workload.js'
import { selectInstances } from '../../snapshot/clusters/find-instance.js'
import { targetPortOf } from '../../snapshot/services/services-selecting.js'
import { nearestWorkload } from '../near/near-instances.js'
import { tellSelectorMiss } from '../near/selector-miss.js'
import type { RouteTarget } from '../call/stage-values.js'
import { whyNoMachine } from './why-no-machine.js'

/** What keeps a Service of one cluster from having endpoints, and the objects that show it. */
export interface Emptiness {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/**
 * Why has a Service no endpoint although its selector picks something?
 *
 * Templates without pods are no endpoints, nor are pods that do not declare the port which the Service's `targetPort` names; Kubernetes leaves both
 * out of its slices. One reason for each cluster that the control plane reads. Rules EDS-7, EDS-11.
 */
export function whyEmpty(view: ControlPlaneView, { service, port }: RouteTarget): readonly Emptiness[] {
  return service.definitions.flatMap((definition) => {
    const cluster = view.clusters.find(({ name }) => name === definition.cluster)
    return cluster === undefined
      ? []
      : (whyEmptyIn({ cluster, place: ofCluster(view.snapshot, cluster.name) }, definition.service, port.name) ?? [])
  })
}

const ofMachines = new Set(['WorkloadEntry', 'WorkloadGroup'])

/** A cluster, and how sentences name it. */
interface Place {
  readonly cluster: Cluster
  readonly place: string
}

function whyEmptyIn({ cluster, place }: Place, service: Service, portName: string): Emptiness | undefined {
  const all = selectInstances(cluster, service.meta.namespace, service.selector ?? {})
  const picked = all.filter(({ meta }) => !ofMachines.has(meta.kind))
  const standing = picked.filter((workload) => !isEmptyTemplate(workload))
  const because = (workloads: readonly Workload[]) => [cluster.ref(service.meta), ...workloads.slice(0, 3).map(({ ref }) => ref)]
  if (standing.length === 0) {
    if (all.length === 0) return selectsNothing({ cluster, place }, service)
    if (picked.length === 0) return noneOfMachines(cluster, service, portName, all)
    const message = picked.map((workload) => tellTemplate({ cluster, place }, workload)).join(', ')
    return { message, because: because(picked) }
  }
  const port = service.ports.find(({ name }) => name === portName)
  if (port === undefined || standing.some((workload) => targetPortOf(port, workload) !== undefined)) return undefined
  const message = `the pods that the Service${place} selects are there, but none declares a port \`${port.targetPort}\``
  return { message, because: because(standing) }
}

function noneOfMachines(cluster: Cluster, service: Service, portName: string, machines: readonly Workload[]): Emptiness | undefined {
  const port = service.ports.find(({ name }) => name === portName)
  const [first] = machines
  const message = first === undefined ? undefined : whyNoMachine(cluster, service, port, first)
  return first === undefined || message === undefined
    ? undefined
    : { message, because: [cluster.ref(service.meta, 'spec.selector'), first.ref] }
}

/** No pod has the labels: the workload that comes nearest is told. */
function selectsNothing({ cluster, place }: Place, { meta, selector = {} }: Service): Emptiness | undefined {
  if (Object.keys(selector).length === 0) return undefined
  const nearest = nearestWorkload(cluster, meta.namespace, selector)
  if (nearest === undefined) return undefined
  const { owner, labels } = nearest
  const message = `its Service${place} ${tellSelectorMiss(selector, labels, `${owner.kind} \`${owner.name}\``)}`
  return { message, because: [cluster.ref(meta, 'spec.selector'), podField(nearest, 'LABELS')] }
}

function tellTemplate({ cluster: { resources }, place }: Place, { meta }: Workload): string {
  const controller = resources.podControllers.get(meta.namespace)?.find((one) => one.meta.name === meta.name && one.meta.kind === meta.kind)
  const why = controller?.replicas === 0 ? 'is scaled to zero' : 'has no pods'
  return `${meta.kind} \`${meta.namespace}/${meta.name}\`${place} ${why}`
}
