import type { Pod } from '../../resources/kubernetes/pod.js'
import { remembered } from '../../remembered.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from './workload.js'

const podsByName = remembered((list: readonly Pod[]): ReadonlyMap<string, Pod> => new Map(list.map((pod) => [pod.meta.name, pod])))

const noPods: readonly Pod[] = []

/**
 * The name of its own that an instance has under the headless Service; undefined: none.
 *
 * Kubernetes and Istio give one to pods whose `subdomain` is the Service, as StatefulSets write it (DNS-4, DNS-12).
 */
export function podHostname(
  { resources }: Cluster,
  { namespace, name, owner, synthesised }: Workload,
  service: string,
): string | undefined {
  const stateful = owner.kind === 'StatefulSet'
  const pod = synthesised ? undefined : podsByName(resources.pods.get(namespace) ?? noPods).get(name)
  if (pod?.subdomain === undefined) return stateful ? name : undefined
  return pod.subdomain === service ? (pod.hostname ?? name) : undefined
}
