import type { Labels, Meta } from '../meta.js'
import type { PodSpec } from './pod.js'

/** Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Rollout …: anything with a pod template. */
export interface PodController {
  readonly meta: Meta
  readonly replicas: number
  readonly owner?: { readonly kind: string; readonly name: string }
  readonly template: PodSpec & { readonly labels: Labels; readonly annotations: Labels }
}
