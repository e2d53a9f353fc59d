/**
 * Do policies refer to what is there?
 *
 * `targetRefs` mean a Gateway of the Gateway API, or for waypoints a Service or a ServiceEntry, of the policy's own namespace in the cluster that the
 * control plane reads. Rule AUTHZ-4.
 */
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { KindName } from '../../snapshot/clusters/unread-kind.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { policyTargets, type Target } from './policy-targets.js'

interface Shelf {
  readonly kind: KindName
  readonly of: (resources: ClusterResources, namespace: string) => readonly { readonly meta: Meta }[]
}

const shelves: Readonly<Record<string, Shelf>> = {
  Gateway: { kind: 'kubernetesGateways', of: ({ kubernetesGateways }, namespace) => kubernetesGateways.get(namespace) ?? [] },
  Service: { kind: 'services', of: ({ services }, namespace) => services.get(namespace) ?? [] },
  ServiceEntry: { kind: 'serviceEntries', of: ({ serviceEntries }, namespace) => serviceEntries.get(namespace) ?? [] },
}

/** What the reference leads to is not there; undefined: it is, or nobody knows. */
function missing(cluster: Cluster, namespace: string, { kind, name }: Target): string | undefined {
  const shelf = Object.hasOwn(shelves, kind) ? shelves[kind] : undefined
  if (shelf === undefined || isUnread([cluster], shelf.kind, namespace)) return undefined
  const names = shelf.of(cluster.resources, namespace).map(({ meta }) => meta.name)
  if (names.includes(name)) return undefined
  const [nearest] = nearestNames(name, names)
  const meant = nearest === undefined ? 'refer to what is in the policy’s own namespace' : `did you mean \`${nearest}\``
  return `namespace \`${namespace}\` of cluster \`${cluster.name}\` has no ${kind} \`${name}\`, so the policy is enforced nowhere by this reference; ${meant}`
}

/** A policy that refers to what is not there. */
export const targetNotFound: Rule = {
  code: 'AUT114',
  name: 'target-not-found',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A policy refers by `targetRefs` to a Gateway, a Service or a ServiceEntry that its namespace does not have (AUTHZ-4).',
  *check(snapshot): Iterable<Breach> {
    for (const { target, namespace, cluster, on } of policyTargets(snapshot)) {
      const message = missing(cluster, namespace, target)
      if (message !== undefined) yield { on, message }
    }
  },
}
