import type { Labels } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { injectionOf, namespaceLabels, type PodOrTemplate, podsAndTemplates } from './pods-and-templates.js'

const effect = 'no such image can be pulled, and the pod does not start'

/** Of a namespace that is not given; where the document shows namespaces and webhooks, it has no labels that matter. */
function assumedLabels({ resources }: Cluster): Labels | undefined {
  return resources.namespaces.size > 0 && resources.webhooks.length > 0 ? {} : undefined
}

function judge(cluster: Cluster, one: PodOrTemplate): Omit<Breach, 'on'> | undefined {
  if (one.spec.proxyImage !== 'auto') return undefined
  if (one.kind === 'POD')
    return {
      message: `injection has not replaced \`image: auto\` in this pod: ${effect}; let its labels and its namespace’s ask for injection`,
      severity: 'ERROR',
      istio: ['IST0147'],
    }
  const labels = namespaceLabels(cluster, one.meta.namespace) ?? assumedLabels(cluster)
  if (labels === undefined || injectionOf(cluster, one, labels) !== undefined) return undefined
  const message = `nothing asks for injection, which would replace \`image: auto\`: ${effect}; label the template \`sidecar.istio.io/inject: 'true'\`, or the namespace \`istio-injection: enabled\``
  return { message, severity: 'WARNING', istio: ['IST0146'] }
}

export const imageAuto: Rule = {
  code: 'PRX105',
  name: 'image-auto-without-injection',
  severity: 'ERROR',
  istio: ['IST0146', 'IST0147'],
  kiali: [],
  summary: '`image: auto` stands where no injection replaces it (MODEL-27).',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) {
      for (const one of podsAndTemplates(cluster)) {
        const breach = judge(cluster, one)
        const path = one.kind === 'POD' ? 'spec.containers' : 'spec.template.spec.containers'
        if (breach !== undefined) yield { ...breach, on: cluster.ref(one.meta, path) }
      }
    }
  },
}
