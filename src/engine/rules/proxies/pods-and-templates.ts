import { pausing } from '../../pause.js'
import { type Injection, injectorsOf, injectsByDefault, predictInjection } from '../../snapshot/workloads/injection.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { PodSpec } from '../../resources/kubernetes/pod.js'
import type { Cluster } from '../../snapshot/snapshot.js'

/** A pod, or the template of many: both are judged by one rule. */
export interface PodOrTemplate {
  readonly meta: Meta
  readonly labels: Labels
  readonly annotations: Labels
  readonly spec: PodSpec
  readonly kind: 'POD' | 'TEMPLATE'
  /** It ran: it shows what injection made of it. */
  readonly ran: boolean
  /** `Kind/name` of what the pod is one of, or the object itself. */
  readonly owner: string
}

const finished = new Set(['Succeeded', 'Failed'])

/** Pods that are meant to run, and the templates that nobody else owns, of the cluster. */
export function* podsAndTemplates({ resources }: Cluster): Iterable<PodOrTemplate> {
  for (const pods of resources.pods.values()) {
    for (const pod of pausing(pods)) {
      const { meta, phase, ips, owner } = pod
      if (finished.has(phase) || pod.deleting) continue
      const { labels, annotations } = meta
      const whose = owner === undefined ? `Pod/${meta.name}` : `${owner.kind}/${owner.name}`
      yield { meta, labels, annotations, spec: pod, kind: 'POD', ran: phase !== '' || ips.length > 0, owner: whose }
    }
  }
  for (const controllers of resources.podControllers.values()) {
    for (const { meta, template, owner } of pausing(controllers)) {
      if (owner !== undefined) continue
      const { labels, annotations } = template
      yield { meta, labels, annotations, spec: template, kind: 'TEMPLATE', ran: false, owner: `${meta.kind}/${meta.name}` }
    }
  }
}

/** Labels of its namespace; undefined: the object is not given. */
export const namespaceLabels = ({ resources }: Cluster, namespace: string): Labels | undefined =>
  resources.namespaces.get(namespace)?.meta.labels

/** What injection would do with it, by labels as they are given. */
export const injectionOf = (
  cluster: Cluster,
  { meta, labels, annotations, spec }: PodOrTemplate,
  ofNamespace = namespaceLabels(cluster, meta.namespace),
): Injection | undefined =>
  predictInjection({
    namespace: meta.namespace,
    namespaceLabels: ofNamespace,
    labels,
    annotations,
    spec,
    byDefault: injectsByDefault(cluster.resources),
    injectors: injectorsOf(cluster.resources),
  })

export const hasProxy = ({ spec }: PodOrTemplate): boolean => spec.containerNames.includes('istio-proxy')

/** The clusters that some control plane serves. */
export const isServed = ({ managedBy }: Cluster): boolean => managedBy.length > 0
