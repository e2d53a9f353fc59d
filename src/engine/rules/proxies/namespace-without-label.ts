import { pausing } from '../../pause.js'
import type { Namespace } from '../../resources/kubernetes/namespace.js'
import { injectsByDefault } from '../../snapshot/workloads/injection.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isServed, podsAndTemplates } from './pods-and-templates.js'

const keys = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'] as const
const system = /^(?:kube-.*|local-path-storage|openshift(?:-.*)?|istio-.*)$/u

/** Of none of the ways into the mesh, nor that it wants none. */
const saysNothing = ({ meta }: Namespace): boolean => keys.every((key) => meta.labels[key] === undefined)

/** Namespaces whose pods are asked for one by one, into the mesh or out of it. */
function withOwnPods(cluster: Cluster): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { meta, labels, annotations } of podsAndTemplates(cluster)) {
    const stated = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'] ?? labels['istio.io/rev'] ?? labels[keys[2]]
    if (stated !== undefined) found.add(meta.namespace)
  }
  return found
}

const isSystem = ({ controlPlanes }: Snapshot, { managedBy }: Cluster, name: string): boolean =>
  system.test(name) || managedBy.some((plane) => controlPlanes.get(plane)?.systemNamespace === name)

const asksForProxies = ({ meta: { labels } }: Namespace): boolean =>
  labels['istio-injection'] === 'enabled' || labels['istio.io/rev'] !== undefined

/** Objects that only proxies heed. */
const kinds = ['authorizationPolicies', 'peerAuthentications', 'requestAuthentications', 'sidecars'] as const

/** What stands without proxies there may stand so on purpose, unless somebody wrote policies for it; something unread may stand there. */
const isMeant = ({ workloads, resources, unread }: Cluster, name: string): boolean =>
  (workloads(name).length > 0 || unread.some(({ namespace }) => namespace === undefined || namespace === name)) &&
  kinds.every((kind) => !resources[kind].has(name))

function* judge(snapshot: Snapshot, cluster: Cluster): Iterable<Breach> {
  const namespaces = [...cluster.resources.namespaces.values()]
  // Where no namespace asks for injection, none is forgotten.
  if (!namespaces.some(asksForProxies)) return
  const byDefault = injectsByDefault(cluster.resources)
  const stated = withOwnPods(cluster)
  for (const one of pausing(namespaces)) {
    const { meta } = one
    if (!saysNothing(one) || isSystem(snapshot, cluster, meta.name) || stated.has(meta.name) || isMeant(cluster, meta.name)) continue
    const message = byDefault
      ? 'this namespace says nothing of injection, and the installation injects such ones (`enableNamespacesByDefault`); label it `istio-injection: disabled` where that is not meant'
      : 'this namespace says nothing of injection, and others of the cluster do: its pods are no part of the mesh, and policies do nothing there; label it `istio-injection: enabled`, or `disabled` where that is meant'
    yield { on: cluster.ref(meta, 'metadata.labels'), message, istio: [byDefault ? 'IST0148' : 'IST0102'] }
  }
}

export const namespaceWithoutLabel: Rule = {
  code: 'PRX104',
  name: 'namespace-without-label',
  severity: 'INFO',
  istio: ['IST0102', 'IST0148'],
  kiali: [],
  summary: 'A namespace says nothing of injection beside others that do (MODEL-27).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) if (isServed(cluster)) yield* judge(snapshot, cluster)
  },
}
