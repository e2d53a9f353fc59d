import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { hasProxy, injectionOf, type PodOrTemplate, podsAndTemplates } from './pods-and-templates.js'

/** Variants of one image, which the mesh, a ProxyConfig or an annotation asks for. */
const variant = /-(?:distroless|debug)$/u

const plain = (image: string): string => image.replace(variant, '')

/** The image that the injector of a revision gives; undefined: it is not shown. */
const imageFor = ({ resources }: Cluster, revision: string): string | undefined =>
  resources.installations.find(({ injector, revision: own }) => injector !== undefined && (own === 'default' ? '' : own) === revision)
    ?.injector?.image

function isOlder(cluster: Cluster, pod: PodOrTemplate): boolean {
  const { spec, annotations } = pod
  if (pod.kind !== 'POD' || !hasProxy(pod) || spec.proxyImage === undefined || spec.proxyImage === 'auto') return false
  if (annotations['sidecar.istio.io/proxyImage'] !== undefined) return false
  const injection = injectionOf(cluster, pod)
  const wanted = injection === undefined || injection.assumed ? undefined : imageFor(cluster, injection.revision)
  return wanted !== undefined && plain(spec.proxyImage) !== plain(wanted)
}

function* judge(cluster: Cluster): Iterable<Breach> {
  const byNamespace = new Map<string, PodOrTemplate[]>()
  for (const pod of podsAndTemplates(cluster)) {
    if (isOlder(cluster, pod)) byNamespace.set(pod.meta.namespace, [...(byNamespace.get(pod.meta.namespace) ?? []), pod])
  }
  for (const [name, pods] of byNamespace) {
    const namespace = cluster.resources.namespaces.get(name)
    const [first] = pods
    if (namespace === undefined || first === undefined) continue
    const revision = injectionOf(cluster, first)?.revision ?? ''
    const wanted = imageFor(cluster, revision)
    const more = pods.length > 1 ? ` and ${pods.length - 1} more` : ''
    const message = `pods run another proxy than the injector gives now (\`${wanted}\`), such as \`${first.meta.name}\` (\`${first.spec.proxyImage}\`)${more}: they started before an upgrade; restart them when the upgrade is done`
    yield { on: cluster.ref(namespace.meta), message }
  }
}

export const proxyImageDiffers: Rule = {
  code: 'PRX110',
  name: 'proxy-image-differs',
  severity: 'WARNING',
  istio: ['IST0158'],
  kiali: [],
  summary: 'Pods of a namespace run another proxy than their injector would give them.',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) {
      if (cluster.resources.installations.some(({ injector }) => injector?.image !== undefined)) yield* judge(cluster)
    }
  },
}
