import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { labelsInclude } from '../../snapshot/label-selector.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const modeKey = 'istio.io/dataplane-mode'

/** Instances that the Sidecar is for, in every cluster that its control planes see. */
const selected = (clusters: readonly Cluster[], { meta, workloadSelector: selector }: Sidecar): readonly Workload[] =>
  clusters.flatMap((cluster) =>
    cluster.workloads(meta.namespace).filter(({ labels }) => selector === undefined || labelsInclude(labels, selector)),
  )

/** Does the namespace put its pods into ambient mode, and say nothing of sidecars? */
const isAmbient = ({ resources }: Cluster, namespace: string): boolean => {
  const labels = resources.namespaces.get(namespace)?.meta.labels
  return labels?.[modeKey] === 'ambient' && labels['istio-injection'] !== 'enabled' && labels['istio.io/rev'] === undefined
}

function judge({ object, views }: ReadObject<Sidecar>): Breach | undefined {
  const [view]: readonly ControlPlaneView[] = views
  const clusters = [...new Set(views.flatMap((one) => one.clusters))]
  const workloads = selected(clusters, object)
  const ambient = workloads.filter(({ dataPlane }) => dataPlane === 'AMBIENT')
  if (view === undefined || workloads.some(({ dataPlane }) => dataPlane === 'SIDECAR')) return undefined
  const whole = clusters.some((cluster) => isAmbient(cluster, object.meta.namespace))
  if (ambient.length === 0 && (object.workloadSelector !== undefined || !whole)) return undefined
  const whose = object.workloadSelector === undefined ? 'the namespace is' : 'the pods that it selects are'
  const message = `${whose} in ambient mode, where no proxy reads a Sidecar: nothing is hidden by it, and \`outboundTrafficPolicy\` and \`ingress\` do nothing; limit traffic by AuthorizationPolicies, or a waypoint`
  return { on: view.ref(object.meta), message }
}

export const sidecarObjectInAmbient: Rule = {
  code: 'PRX111',
  name: 'sidecar-object-in-ambient',
  severity: 'WARNING',
  istio: ['IST0167'],
  kiali: [],
  summary: 'A Sidecar is for pods in ambient mode, where it does nothing (AMB-4).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const read of objectsOf(configuration, 'sidecars')) {
        const breach = judge(read)
        if (breach !== undefined) yield breach
      }
    }
  },
}
