import type { ResourceRef } from '../../model/resource-ref.js'
import type { Workload } from './workload.js'

/** Where objects say of their pods what they are labelled with, and as whom they run. */
const ofPods = { LABELS: 'metadata.labels', SERVICE_ACCOUNT: 'spec.serviceAccountName' } as const
const ofMachines = { LABELS: 'spec.labels', SERVICE_ACCOUNT: 'spec.serviceAccount' } as const

/** The object that a workload is known by, at the field that says it; as a whole where it has a form of its own. */
export function podField({ ref, meta: { kind }, serviceAccount }: Workload, what: keyof typeof ofPods): ResourceRef {
  const unsaid = what === 'SERVICE_ACCOUNT' && serviceAccount === 'default'
  if (ref.path !== null || kind === 'WorkloadGroup' || unsaid) return ref
  if (kind === 'WorkloadEntry') return { ...ref, path: ofMachines[what] }
  const template = kind === 'Pod' ? '' : kind === 'CronJob' ? 'spec.jobTemplate.spec.template.' : 'spec.template.'
  return { ...ref, path: `${template}${ofPods[what]}` }
}
