/**
 * The PeerAuthentications of a document by how far they reach: a mesh's, a namespace's, or those of chosen workloads (TLS-1).
 */
import type { PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { configurationsOf, objectsOf } from '../configurations.js'

export interface PlacedAuthentication {
  readonly policy: PeerAuthentication
  readonly view: ControlPlaneView
  readonly level: 'MESH' | 'NAMESPACE' | 'WORKLOAD' | 'IGNORED'
}

export const isForAll = ({ selector = {} }: PeerAuthentication): boolean => Object.keys(selector).length === 0

/** A policy with a selector in the root namespace counts for nothing. */
const levelOf = (policy: PeerAuthentication, root: string): PlacedAuthentication['level'] => {
  const isRoot = policy.meta.namespace === root
  if (isForAll(policy)) return isRoot ? 'MESH' : 'NAMESPACE'
  return isRoot ? 'IGNORED' : 'WORKLOAD'
}

/** Every policy, with the first control plane that reads it. */
export function* peerAuthenticationsOf(snapshot: Snapshot): Generator<PlacedAuthentication> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const { object, views } of objectsOf(configuration, 'peerAuthentications')) {
      const [view] = views
      yield { policy: object, view, level: levelOf(object, view.controlPlane.meshConfig.rootNamespace) }
    }
  }
}

/** Workloads of the policy's namespace, in the clusters that the control plane configures proxies of. */
export const workloadsFor = ({ view, policy }: PlacedAuthentication): readonly Workload[] =>
  view.workloads(policy.meta.namespace).filter(({ dataPlane }) => dataPlane !== 'NONE')
