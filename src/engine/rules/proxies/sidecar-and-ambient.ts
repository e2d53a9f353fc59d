import type { Labels } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { hasProxy, injectionOf, isServed, namespaceLabels, type PodOrTemplate, podsAndTemplates } from './pods-and-templates.js'

const modeKey = 'istio.io/dataplane-mode'
const captured = 'ambient.istio.io/redirection'

const asksForSidecar = (labels: Labels): boolean => labels['sidecar.istio.io/inject'] === 'true' || labels['istio.io/rev'] !== undefined

/** Does its namespace put pods into ambient mode, and ask for no sidecars itself? Of one that asks for both, its own rule tells. */
const inAmbient = (labels: Labels | undefined): boolean =>
  labels?.[modeKey] === 'ambient' && labels['istio-injection'] !== 'enabled' && labels['istio.io/rev'] === undefined

/** What istiod runs for a Gateway it keeps out of ambient mode (GWAPI-13). */
const isOfGateway = ({ labels }: PodOrTemplate): boolean => labels['gateway.networking.k8s.io/gateway-name'] !== undefined

function judge(cluster: Cluster, one: PodOrTemplate): Omit<Breach, 'on'> | undefined {
  const { meta, labels, annotations } = one
  const proxied = hasProxy(one)
  if (proxied && annotations[captured] === 'enabled') {
    const message =
      'this pod has a sidecar, and is captured by ztunnel as well: what the sidecar sends is taken once more; keep one of the two'
    return { message, severity: 'WARNING', kiali: ['KIA1314'] }
  }
  if (!proxied && (one.ran || injectionOf(cluster, one) === undefined)) return undefined
  if (labels[modeKey] === 'ambient') {
    const asked = proxied && !asksForSidecar(labels) ? 'it has a sidecar' : 'it asks for a sidecar'
    const message = `\`${modeKey}: ambient\` does nothing here, since ${asked}: pods with one are not captured; leave out one of the two`
    return { message, severity: 'WARNING', kiali: [proxied ? 'KIA1315' : 'KIA1311'] }
  }
  if (labels[modeKey] === 'none' || !inAmbient(namespaceLabels(cluster, meta.namespace))) return undefined
  const message =
    'its namespace is in ambient mode, and this one has a sidecar: it is not captured, and policies for waypoints do not see what it sends; say `istio.io/dataplane-mode: none` on it where that is meant'
  return { message, severity: 'INFO', kiali: ['KIA1316'] }
}

export const sidecarAndAmbient: Rule = {
  code: 'PRX102',
  name: 'sidecar-and-ambient',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1311', 'KIA1314', 'KIA1315', 'KIA1316'],
  summary: 'A pod is meant to have a sidecar and to be in ambient mode (AMB-1, MODEL-31).',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) {
      if (!isServed(cluster)) continue
      const told = new Set<string>()
      for (const one of podsAndTemplates(cluster)) {
        const breach = isOfGateway(one) ? undefined : judge(cluster, one)
        const key = `${one.meta.namespace} ${one.owner}`
        if (breach === undefined || told.has(key)) continue
        told.add(key)
        yield { ...breach, on: cluster.ref(one.meta, one.kind === 'POD' ? 'metadata.labels' : 'spec.template.metadata.labels') }
      }
    }
  },
}
