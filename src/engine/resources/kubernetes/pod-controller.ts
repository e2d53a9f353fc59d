import type { Labels, Meta } from '../meta.js'
import type { PodSpec } from './pod.js'
import { findOwner, readTemplateMeta } from '../meta.js'
import { readPodSpec } from './pod.js'
import { findNumber, findText, type Raw, type Reading, readObject } from '../reading.js'

/** Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Rollout …: anything with a pod template. */
export interface PodController {
  readonly meta: Meta
  readonly replicas: number
  /** Of a StatefulSet's pods: `spec.ordinals.start`. */
  readonly firstOrdinal?: number
  /** Of a StatefulSet: the headless Service under which its pods have names. */
  readonly serviceName?: string
  readonly owner?: { readonly kind: string; readonly name: string }
  /** Nobody has written it: istiod is taken to run it. */
  readonly assumed?: true
  readonly template: PodSpec & { readonly labels: Labels; readonly annotations: Labels }
}

/** Anything with a pod template; a CronJob's stands inside its job template. */
export const readPodController = (reading: Reading, raw: Raw, meta: Meta): PodController => {
  const outer = readObject(reading, raw, 'spec', '')
  const cron = meta.kind === 'CronJob'
  const job = cron ? readObject(reading, readObject(reading, outer, 'jobTemplate', 'spec'), 'spec', 'spec.jobTemplate') : outer
  const at = cron ? 'spec.jobTemplate.spec' : 'spec'
  const template = readObject(reading, job, 'template', at)
  const owner = findOwner(reading, raw)
  const serviceName = findText(reading, outer, 'serviceName', 'spec')
  const firstOrdinal = findNumber(reading, readObject(reading, outer, 'ordinals', 'spec'), 'start', 'spec.ordinals')
  return {
    meta,
    replicas: findNumber(reading, outer, 'replicas', 'spec') ?? 1,
    ...(firstOrdinal === undefined ? {} : { firstOrdinal }),
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(owner === undefined ? {} : { owner }),
    // Not spread: thousands of copies would each have a shape of their own.
    template: Object.assign(
      readPodSpec(reading, readObject(reading, template, 'spec', `${at}.template`), `${at}.template.spec`),
      readTemplateMeta(reading, template, `${at}.template`),
    ),
  }
}
