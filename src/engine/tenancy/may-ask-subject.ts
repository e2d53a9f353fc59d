import { servicesMeant } from '../groups/services-meant.js'
import type { Problem } from '../model/app-error.js'
import type { SubjectInput } from '../model/groups/subject-input.js'
import type { View } from '../model/topology/view.js'
import { parseSpiffeId } from '../snapshot/workloads/spiffe-id.js'
import { ownsGateway } from './may-ask.js'
import type { Sight } from './sight.js'

/** What is refused is refused in the same words whether it exists or not. */
export function mayAskSubject(sight: Sight, view: View, subjects: readonly SubjectInput[]): { readonly problem: Problem } | undefined {
  if (subjects.every((subject) => ownsSubject(sight, view, subject))) return undefined
  const message = 'what the question is about is not of the tenants to which the token is limited'
  return { problem: { code: 'FORBIDDEN', message, details: {} } }
}

/** What a subject states narrows it: one part of theirs is enough, but for a service, which is theirs itself. */
function ownsSubject(sight: Sight, { tenants }: View, subject: SubjectInput): boolean {
  const { outside, proxy, gateway, host, tenant } = subject
  if (outside) return false
  if (proxy) return sight.holds(proxy.cluster, proxy.namespace)
  if (gateway) return ownsGateway(sight, gateway)
  if (host) return ownsService(sight, subject)
  if (tenant && tenants.some(({ name }) => name === tenant)) return true
  return ownsPlace(sight, subject)
}

function ownsPlace(sight: Sight, { cluster, spiffeId, namespace: stated }: SubjectInput): boolean {
  const namespace = parseSpiffeId(spiffeId ?? '')?.namespace ?? stated
  if (cluster && namespace) return sight.holds(cluster, namespace)
  return namespace ? ownsNamespace(sight, namespace) : sight.holdsCluster(cluster)
}

function ownsService(sight: Sight, subject: SubjectInput): boolean {
  const services = servicesMeant(sight.snapshot, subject)
  return 'problem' in services
    ? false
    : services.every(({ clusters, namespace }) => clusters.some((cluster) => sight.holds(cluster, namespace)))
}

/** In every cluster that has it. */
function ownsNamespace(sight: Sight, namespace: string): boolean {
  const { clusters, elsewhere } = sight.spread(namespace)
  return clusters.length > 0 && !elsewhere
}
