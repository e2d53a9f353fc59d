/**
 * Whom does a subject mean?
 *
 * A service means its servers, an identity and a tenant everybody who has it, and what is not stated narrows nothing: patterns are read as assertions read
 * them. Nobody is made up, and a name that nothing has is a problem: an empty choice would be isolated from everybody.
 */
import { chooseWorkloads, isPattern } from '../assertions/choose-workloads.js'
import { isGivenNamespace, namespacesOf } from '../analysis/caller/is-given-namespace.js'
import { isNamed, resolveSource } from '../analysis/caller/resolve-source.js'
import { nearestNames } from '../istiod/matching/nearest-names.js'
import { isProblem } from '../model/app-error.js'
import type { SubjectInput } from '../model/groups/subject-input.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import { parseSpiffeId } from '../snapshot/workloads/spiffe-id.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { behindService } from './behind-service.js'
import { problem, type Problematic } from './problematic.js'
import { servicesMeant } from './services-meant.js'

/** Every workload that is meant, whichever side it stands on. */
export function workloadsMeant(snapshot: Snapshot, subject: SubjectInput): readonly Workload[] | Problematic {
  if (subject.gateway) {
    const source = resolveSource(snapshot, subject)
    return isProblem(source) ? source : source.clients.flatMap(({ workload, alike }) => alike ?? [workload])
  }
  const choice = chosenBy(snapshot, subject)
  if (isProblem(choice)) return choice
  const services = subject.host ? servicesMeant(snapshot, subject) : undefined
  if (services !== undefined && isProblem(services)) return services
  const behind = services && new Set(services.flatMap((service) => behindService(snapshot, service)))
  const found = choice.filter((workload) => behind === undefined || behind.has(workload))
  return found.length > 0 ? found : nobody(snapshot, subject)
}

type Identity = NonNullable<ReturnType<typeof parseSpiffeId>>

/** Undefined: the subject states none. */
function identityOf({ spiffeId }: SubjectInput): Identity | Problematic | undefined {
  if (!spiffeId) return undefined
  const pattern = 'spiffe://<trust domain>/ns/<namespace>/sa/<service account>'
  return parseSpiffeId(spiffeId) ?? problem('SOURCE_INVALID', `\`spiffeId\` is not one of Istio: \`${pattern}\``)
}

const statesAny = ({ cluster, namespace, serviceAccount, labels, tenant, workload, host, spiffeId }: SubjectInput): boolean =>
  [cluster, namespace, serviceAccount, tenant, workload, host, spiffeId].some(Boolean) || (labels ?? []).length > 0

function chosenBy(snapshot: Snapshot, subject: SubjectInput): readonly Workload[] | Problematic {
  const identity = identityOf(subject)
  if (identity !== undefined && 'problem' in identity) return identity
  if (!statesAny(subject)) {
    return problem(
      'SOURCE_INVALID',
      'a subject states a `host`, a `namespace`, a `workload`, a `spiffeId`, a `tenant`, or who else is meant',
    )
  }
  const { cluster, labels, tenant } = subject
  // The namespace of a service is no namespace of its servers, which its endpoints say.
  const namespace = identity?.namespace ?? (subject.host ? undefined : subject.namespace)
  const pattern = isPattern(subject.workload ?? '') ? subject.workload : undefined
  const choice = chooseWorkloads(snapshot, { cluster, namespace, labels, tenant, workload: pattern })
  if (isProblem(choice)) return choice
  const isMeant = isOfSubject(subject, identity)
  return choice.clusters
    .filter(({ name }) => identity === undefined || isOfDomain(snapshot, name, identity.trustDomain))
    .flatMap((place) => {
      const namespaces = place.namespaceNames.filter((one) => choice.inNamespace(place, one))
      return namespaces.flatMap((one) => place.workloads(one)).filter((one) => choice.means(one) && isMeant(one))
    })
}

/** A name that is no pattern is an owner's or a pod's own. */
function isOfSubject({ workload: name, serviceAccount }: SubjectInput, identity: Identity | undefined): (one: Workload) => boolean {
  const account = identity?.serviceAccount ?? serviceAccount
  const isCalled = (one: Workload): boolean => !name || isPattern(name) || isNamed(one, name)
  return (one) => isCalled(one) && (!account || (one.serviceAccount || 'default') === account)
}

/** Where nothing says which trust domain the cluster's workloads have, it may be that one. */
function isOfDomain(snapshot: Snapshot, cluster: string, trustDomain: string): boolean {
  const planes = (snapshot.clusters.get(cluster)?.managedBy ?? []).flatMap((name) => snapshot.controlPlanes.get(name) ?? [])
  const domains = planes.map(({ meshConfig }) => meshConfig.trustDomain)
  return domains.length === 0 || domains.includes(trustDomain)
}

/** Why nobody is meant, with the names of those who may be. */
function nobody(snapshot: Snapshot, subject: SubjectInput): Problematic {
  const { cluster, namespace, workload } = subject
  if (cluster && namespace && workload && ![cluster, namespace, workload].some(isPattern)) {
    const source = resolveSource(snapshot, { cluster, namespace, workload })
    if (isProblem(source)) return source
  }
  const places = [...snapshot.clusters.values()].filter(({ name }) => !cluster || isPattern(cluster) || name === cluster)
  return namespace && !isPattern(namespace) ? nobodyIn(snapshot, places, namespace) : problem('SOURCE_NOT_FOUND', noWorkload)
}

const noWorkload = 'the subject means no workload of this version'

function nobodyIn(snapshot: Snapshot, places: readonly Cluster[], namespace: string): Problematic {
  if (places.some((place) => isGivenNamespace(snapshot, place, namespace))) return problem('SOURCE_NOT_FOUND', noWorkload)
  const where = places.length === 1 ? `cluster \`${places[0]?.name}\`` : 'any cluster'
  const near = nearestNames(namespace, places.flatMap(namespacesOf))
  return problem('SOURCE_NOT_FOUND', `${noWorkload}: there is no namespace \`${namespace}\` in ${where}`, near)
}
