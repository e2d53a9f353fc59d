import { inNamespace } from '../../resources/read-cluster-resources.js'
import type { Pod } from '../../resources/kubernetes/pod.js'
import type { PodController } from '../../resources/kubernetes/pod-controller.js'
import { buildWorkload } from './build-workload.js'
import { workloadOfEntry, workloadOfGroup } from './workload-of-entry.js'
import type { Owner } from './owner-of.js'
import { podsAndTemplates } from './pods-and-templates.js'
import type { Workload } from './workload.js'
import type { WorkloadContext } from './workload-context.js'

const keyOf = (owner: Owner): string => `${owner.kind}/${owner.name}`

const workloadOfPod = (context: WorkloadContext, pod: Pod, owner: Owner): Workload => {
  // A pod that has no status was never run: someone wrote it, as a template of itself.
  const ran = context.observed && (pod.phase !== '' || pod.ips.length > 0)
  return buildWorkload(context, {
    meta: pod.meta,
    owner,
    labels: pod.meta.labels,
    annotations: pod.meta.annotations,
    spec: pod,
    ips: pod.ips,
    ready: ran ? pod.ready && !pod.deleting : !pod.deleting,
    ran,
  })
}

const workloadOfController = (context: WorkloadContext, controller: PodController, hasPods: boolean): Workload => {
  const { meta, template } = controller
  return buildWorkload(context, {
    meta,
    owner: { kind: meta.kind, name: meta.name },
    labels: template.labels,
    annotations: template.annotations,
    spec: template,
    ips: [],
    ready: controller.replicas > 0 && (controller.assumed === true || !(context.observed && hasPods)),
    ran: false,
  })
}

/**
 * Every instance in a namespace: pods as they are, one stand-in for each template without pods, and virtual machines.
 *
 * In a cluster that shows pods, a template without any has none: its stand-in can be asked about, but takes no traffic.
 */
export const buildWorkloads = (context: WorkloadContext, namespace: string): readonly Workload[] => {
  const { resources } = context
  const { pods, templates } = podsAndTemplates(resources, namespace)
  const entries = inNamespace(resources.workloadEntries, namespace).map((entry) => workloadOfEntry(context, entry))
  const groups = new Set(entries.map((workload) => keyOf(workload.owner)))
  return [
    ...pods.map(({ pod, owner }) => workloadOfPod(context, pod, owner)),
    ...templates.map((controller) => workloadOfController(context, controller, resources.pods.size > 0)),
    ...entries,
    ...inNamespace(resources.workloadGroups, namespace)
      .filter((group) => !groups.has(`WorkloadGroup/${group.meta.name}`))
      .map((group) => workloadOfGroup(context, group)),
  ]
}
