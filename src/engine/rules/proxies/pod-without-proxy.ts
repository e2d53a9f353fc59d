import { isGatewayPod } from '../../snapshot/workloads/is-gateway-pod.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { hasProxy, injectionOf, isServed, namespaceLabels, type PodOrTemplate, podsAndTemplates } from './pods-and-templates.js'

/** Namespaces of which a pod shows what injection put beside its own containers: the others there are shown as they run, too. */
function shownAsTheyRun(all: readonly PodOrTemplate[]): ReadonlySet<string> {
  return new Set(
    all.flatMap((one) => (one.kind === 'POD' && hasProxy(one) && one.spec.containerNames.length > 1 ? one.meta.namespace : [])),
  )
}

function* judge(cluster: Cluster): Iterable<Breach> {
  const all = [...podsAndTemplates(cluster)].filter(({ kind }) => kind === 'POD')
  const shown = shownAsTheyRun(all)
  const told = new Set<string>()
  for (const pod of all) {
    const { meta, labels, annotations, spec, owner } = pod
    if (hasProxy(pod) || isGatewayPod(labels, annotations, spec) || spec.istiod !== undefined) continue
    if (!pod.ran && !shown.has(meta.namespace)) continue
    const isKnown = namespaceLabels(cluster, meta.namespace) !== undefined
    if (!isKnown || injectionOf(cluster, pod) === undefined || told.has(`${meta.namespace} ${owner}`)) continue
    told.add(`${meta.namespace} ${owner}`)
    const message = `this pod has no \`istio-proxy\`, though its namespace and labels ask for one: it started before they did, or no webhook answered; it sends plaintext, and \`STRICT\` servers refuse it; restart it`
    yield { on: cluster.ref(meta, 'spec.containers'), message }
  }
}

export const podWithoutProxy: Rule = {
  code: 'PRX103',
  name: 'pod-without-proxy',
  severity: 'WARNING',
  istio: ['IST0103'],
  kiali: [],
  summary: 'A running pod has no proxy, though injection is meant for it (MODEL-27, MODEL-28).',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) if (isServed(cluster)) yield* judge(cluster)
  },
}
