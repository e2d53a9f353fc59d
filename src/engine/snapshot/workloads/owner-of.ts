import type { Labels } from '../../resources/meta.js'
import type { PodController } from '../../resources/kubernetes/pod-controller.js'

/** Kind and name of what a pod belongs to. */
export interface Owner {
  readonly kind: string
  readonly name: string
}

/** Finds a controller of the pod's namespace by kind and name. */
export type FindController = (kind: string, name: string) => PodController | undefined

/**
 * The top owner, which is what users call the workload: the Deployment of a ReplicaSet, the CronJob of a Job.
 *
 * Dumps often lack ReplicaSets and Jobs; the names they would have tell the owner then.
 */
export const topOwnerOf = (owner: Owner | undefined, labels: Labels, find: FindController): Owner | undefined => {
  if (owner === undefined) return undefined
  const known = find(owner.kind, owner.name)
  if (known !== undefined) return known.owner ?? owner
  const hash = labels['pod-template-hash'] ?? labels['rollouts-pod-template-hash']
  if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)) {
    const kind = labels['rollouts-pod-template-hash'] === undefined ? 'Deployment' : 'Rollout'
    return { kind, name: owner.name.slice(0, -hash.length - 1) }
  }
  const scheduled = owner.kind === 'Job' ? /^(.+)-\d{8,}$/.exec(owner.name)?.[1] : undefined
  return scheduled === undefined ? owner : { kind: 'CronJob', name: scheduled }
}
