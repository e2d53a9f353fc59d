import { isProblem } from '../model/app-error.js'
import type { SubjectInput } from '../model/groups/subject-input.js'
import type { Assumption } from '../model/step.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { addressesUnknown } from './addresses-unknown.js'
import { type Called, callsTo } from './called.js'
import { problem, type Problematic } from './problematic.js'
import { servicesMeant } from './services-meant.js'
import { waysTo } from './ways-to.js'
import { workloadsMeant } from './workloads-meant.js'

/** What is called, and what is taken for granted of it. */
export interface CalledMeant {
  readonly called: readonly Called[]
  readonly assumptions: readonly Assumption[]
}

/** What is called where a subject is called: a service at its ports, or every way to the workloads that are meant. */
export function calledMeant(snapshot: Snapshot, subject: SubjectInput): CalledMeant | Problematic {
  if (subject.outside || subject.proxy)
    return problem('SOURCE_INVALID', 'a client `outside` and a `proxy` that no object describes call, and are not called')
  if (subject.host) {
    const services = servicesMeant(snapshot, subject)
    if (isProblem(services)) return services
    const workloads = narrowed(subject) ? workloadsMeant(snapshot, subject) : undefined
    if (workloads !== undefined && isProblem(workloads)) return workloads
    const meant = workloads && new Set(workloads)
    const called = services.flatMap((service) => callsTo(snapshot, service, meant && ((workload) => meant.has(workload))))
    return { called, assumptions: [] }
  }
  const workloads = workloadsMeant(snapshot, subject)
  if (isProblem(workloads)) return workloads
  return { called: waysTo(snapshot, workloads), assumptions: addressesUnknown(snapshot, workloads) }
}

/** Are only some of a service's servers meant? */
const narrowed = ({ cluster, workload, serviceAccount, labels, spiffeId, tenant }: SubjectInput): boolean =>
  [cluster, workload, serviceAccount, spiffeId, tenant].some(Boolean) || (labels ?? []).length > 0
