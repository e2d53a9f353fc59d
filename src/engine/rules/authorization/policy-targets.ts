import type { ResourceRef } from '../../model/resource-ref.js'
import { pausing } from '../../pause.js'
import type { Meta } from '../../resources/meta.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'

const kinds = ['authorizationPolicies', 'requestAuthentications', 'telemetries', 'extensions'] as const

export interface Target {
  readonly kind: string
  readonly name: string
}

interface Referring {
  readonly meta: Meta
  readonly targetRefs: readonly Target[]
}

/** What a policy of a namespace refers to by `targetRefs`, and where. */
export interface PolicyTarget {
  readonly target: Target
  readonly namespace: string
  /** In which the policy stands. */
  readonly cluster: Cluster
  readonly views: readonly ControlPlaneView[]
  readonly on: ResourceRef
}

/** The references of all policies that control planes read (AUTHZ-4), others' turns between them. */
export function* policyTargets(snapshot: Snapshot): Generator<PolicyTarget> {
  for (const configuration of configurationsOf(snapshot)) {
    const { cluster } = configuration
    const read: readonly ReadObject<Referring>[] = kinds.flatMap((kind) => [...objectsOf(configuration, kind)])
    for (const { object, views } of pausing(read)) {
      for (const [index, target] of object.targetRefs.entries())
        yield { target, namespace: object.meta.namespace, cluster, views, on: views[0].ref(object.meta, `spec.targetRefs[${index}]`) }
    }
  }
}
