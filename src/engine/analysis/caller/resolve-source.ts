import { flatMap } from '../../flat-map.js'
import type { Problem } from '../../model/app-error.js'
import type { SourceInput } from '../../model/question.js'
import type { Assumption } from '../../model/step.js'
import { gatewayNameLabel } from '../../snapshot/networks/hands-on.js'
import { labelsInclude } from '../../snapshot/label-selector.js'
import { headerRef } from '../../snapshot/references.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { gatewaysOf } from '../../snapshot/workloads/gateways-of.js'
import { isPassed, type Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from '../call/call.js'
import { type DistinctCaller, distinctCallers } from '../likeness/distinct-callers.js'
import { hypotheticalWorkload } from './hypothetical-workload.js'
import type { Entrance } from '../entrance/entrance.js'
import { entrancesOf } from '../entrance/entrances-of.js'
import { isMistyped, nearestNames } from '../../istiod/matching/nearest-names.js'
import { isGivenNamespace, namespacesOf } from './is-given-namespace.js'
import { listSome } from '../answer/list-some.js'
import { findMissing } from '../unread-kinds/asked.js'
import { nameMissing } from '../unread-kinds/leave-open.js'
import { remembered } from '../../remembered.js'

/** The callers a question means, each of them traced; or why it names none. */
export type ResolvedSource =
  | { readonly clients: readonly Client[]; readonly assumptions: readonly Assumption[] }
  | { readonly problem: Problem }

const noAssumptions: readonly Assumption[] = []

const problem = (code: Problem['code'], message: string, suggestions: readonly string[] = []): ResolvedSource => ({
  problem: { code, message, details: suggestions.length === 0 ? {} : { suggestions } },
})

const clientOf = (snapshot: Snapshot, cluster: Cluster, { workload, ...rest }: DistinctCaller): Client => ({
  snapshot,
  workload,
  cluster,
  ...rest,
  view: workload.controlPlane === undefined ? undefined : snapshot.view(workload.controlPlane),
})

const clientsOf = (snapshot: Snapshot, cluster: Cluster, workloads: readonly Workload[], assumptions = noAssumptions): ResolvedSource =>
  clientsFor(snapshot, cluster, distinctCallers(snapshot, workloads), assumptions)

const clientsFor = (
  snapshot: Snapshot,
  cluster: Cluster,
  distinct: readonly DistinctCaller[],
  assumptions = noAssumptions,
): ResolvedSource => ({
  clients: distinct.map((one) => clientOf(snapshot, cluster, one)),
  assumptions,
})

/** `Kind/name`, an owner's name, or an instance's own name. */
export const isNamed = (workload: Workload, name: string): boolean =>
  workload.owner.name === name ||
  workload.name === name ||
  `${workload.owner.kind}/${workload.owner.name}` === name ||
  `Pod/${workload.name}` === name

const matches = (workload: Workload, source: Pick<SourceInput, 'serviceAccount' | 'labels'>): boolean => {
  if (source.serviceAccount && workload.serviceAccount !== source.serviceAccount) return false
  return (source.labels ?? []).every(({ name, value }) => workload.labels[name] === value)
}

const describe = (source: Pick<SourceInput, 'serviceAccount' | 'labels'>): string => {
  const labels = (source.labels ?? []).map(({ name, value }) => `${name}=${value}`)
  const parts = [
    ...(source.serviceAccount ? [`service account \`${source.serviceAccount}\``] : []),
    ...(labels.length > 0 ? [`labels \`${labels.join(',')}\``] : []),
  ]
  return parts.length === 0 ? 'no further attributes' : parts.join(' and ')
}

const findCluster = (snapshot: Snapshot, name: string): Cluster | ResolvedSource =>
  snapshot.clusters.get(name) ??
  problem('SOURCE_NOT_FOUND', `there is no cluster \`${name}\``, nearestNames(name, [...snapshot.clusters.keys()]))

/** Of the instances with this name those that differ, or undefined: most questions name a workload that was asked about before. */
const distinctNamed = remembered(
  (snapshot: Snapshot, cluster: Cluster, namespace: string, name: string): readonly DistinctCaller[] | undefined => {
    const found = cluster.workloads(namespace).filter((workload) => isNamed(workload, name))
    return found.length === 0 ? undefined : distinctCallers(snapshot, found)
  },
)

const ofWorkload = (snapshot: Snapshot, cluster: Cluster, namespace: string, source: SourceInput, name: string): ResolvedSource => {
  const distinct = distinctNamed(snapshot, cluster, namespace, name)
  const narrowed = Boolean(source.serviceAccount) || (source.labels ?? []).length > 0
  if (distinct !== undefined && !narrowed) return clientsFor(snapshot, cluster, distinct)
  const candidates = cluster.workloads(namespace)
  const found = candidates.filter((workload) => isNamed(workload, name) && matches(workload, source))
  if (found.length > 0) return clientsOf(snapshot, cluster, found)
  const names = [...new Set(candidates.map((workload) => workload.owner.name))]
  const suggestions = names.length > 0 ? nearestNames(name, names) : elsewhere(cluster, namespace, name)
  const message = `there is no workload \`${name}\` in \`${cluster.name}/${namespace}\`${unreadIn(cluster, namespace)}`
  return problem('SOURCE_NOT_FOUND', message, suggestions)
}

/** It may be there all the same, where nobody could look. */
const unreadIn = (cluster: Cluster, namespace: string): string => {
  const missing = findMissing([{ cluster, kinds: ['pods', 'podControllers', 'workloadEntries'], namespaces: [namespace] }])
  return missing.length === 0 ? '' : `; could not be read: ${nameMissing(missing)}`
}

/** For a namespace without workloads, `namespace/name` of those in others: of that name where there are any, else near to it. */
const elsewhere = (cluster: Cluster, namespace: string, name: string): readonly string[] => {
  const all = flatMap(cluster.namespaceNames, (other) => cluster.workloads(other).map((workload) => ({ other, workload })))
  const so = all.filter(({ workload }) => isNamed(workload, name))
  const pairs = (so.length > 0 ? so : all).map(({ other, workload }) => `${other}/${workload.owner.name}`)
  return nearestNames(so[0] === undefined ? `${namespace}/${name}` : `/${so[0].workload.owner.name}`, pairs)
}

/** No workload named: all that match, else one that could be there. */
const ofAttributes = (snapshot: Snapshot, cluster: Cluster, namespace: string, source: SourceInput): ResolvedSource => {
  const found = cluster.workloads(namespace).filter((workload) => !isPassed(workload) && matches(workload, source))
  if (found.length > 0) return clientsOf(snapshot, cluster, found)
  const isGiven = isGivenNamespace(snapshot, cluster, namespace)
  const describes = Boolean(source.serviceAccount) || (source.labels ?? []).length > 0
  if (!isGiven && !describes) return withoutNamespace(cluster, namespace)
  const workload = hypotheticalWorkload(snapshot, cluster, {
    cluster: cluster.name,
    namespace,
    serviceAccount: source.serviceAccount ?? null,
    labels: source.labels ?? null,
  })
  const assumption: Assumption = {
    code: 'SOURCE_HYPOTHETICAL',
    message: `no workload in \`${cluster.name}/${namespace}\` matches: one with ${describe(source)} is assumed${isGiven ? '' : ', in a namespace of which nothing is given and that is taken to have no labels'}`,
    because: [headerRef('Cluster', cluster.name, 'resources')],
  }
  return clientsOf(snapshot, cluster, [workload], [assumption])
}

/** A namespace of which nothing is given is a mistyped one, or a workload's name, first of all. */
function withoutNamespace(cluster: Cluster, namespace: string): ResolvedSource {
  const all = namespacesOf(cluster)
  const ofWorkload = elsewhere(cluster, namespace, namespace).filter((pair) => pair.endsWith(`/${namespace}`))
  const near = nearestNames(namespace, [...all, ...(isMistyped(namespace, 'outside') ? ['outside'] : [])])
  const there = all.length === 0 ? '' : `, which has ${listSome(all)}`
  const message = `there is no namespace \`${namespace}\` in cluster \`${cluster.name}\`${there}${unreadIn(cluster, namespace)}`
  return problem('SOURCE_NOT_FOUND', message, [...ofWorkload, ...near])
}

/** Pods that a Gateway object selects: in any namespace, as Istio does (ROUTE-12). */
const selectedGateways = (cluster: Cluster, gateways: readonly Workload[], namespace: string, name: string): readonly Workload[] => {
  const object = cluster.resources.gateways.get(namespace)?.find((gateway) => gateway.meta.name === name)
  if (object !== undefined) {
    return gatewaysOf(cluster).filter((workload) => labelsInclude(workload.labels, object.selector))
  }
  const isOfApi = cluster.resources.kubernetesGateways.get(namespace)?.some(({ meta }) => meta.name === name) === true
  const running = isOfApi ? gateways.filter(({ labels }) => labels[gatewayNameLabel] === name) : []
  if (running.length > 0) return running
  const selector = cluster.resources.services.get(namespace)?.find((service) => service.meta.name === name)?.selector
  return selector === undefined ? [] : gateways.filter((workload) => labelsInclude(workload.labels, selector))
}

/** A gateway that no object shows and that is taken to be there: by its own name, or by that of a Gateway object which selects it (GW-3). */
const unlistedGateway = (snapshot: Snapshot, cluster: Cluster, namespace: string, name: string): Entrance | undefined => {
  const object = cluster.resources.gateways.get(namespace)?.find((gateway) => gateway.meta.name === name)
  const isMeant = ({ namespace: own, owner, labels }: Workload): boolean =>
    (own === namespace && (owner.name === name || labels[gatewayNameLabel] === name)) ||
    (object !== undefined && labelsInclude(labels, object.selector))
  return entrancesOf(snapshot).find(
    ({ cluster: own, proxy, closed, assumptions }) =>
      own === cluster && assumptions.length > 0 && closed?.reason !== 'GATEWAY_NOT_FOUND' && isMeant(proxy.workload),
  )
}

/** `cluster/namespace/name`: a gateway's Deployment, its Service, or a Gateway object. */
const ofGateway = (snapshot: Snapshot, text: string): ResolvedSource => {
  const [clusterName = '', namespace = '', name = '', ...rest] = text.split('/')
  if (name === '' || rest.length > 0) return problem('SOURCE_INVALID', 'a gateway is written `cluster/namespace/name`')
  const cluster = findCluster(snapshot, clusterName)
  if (!('workloads' in cluster)) return cluster
  const gateways = cluster.workloads(namespace).filter((workload) => workload.dataPlane === 'GATEWAY')
  const named = gateways.filter((workload) => isNamed(workload, name))
  const found = named.length > 0 ? named : selectedGateways(cluster, gateways, namespace, name)
  if (found.length > 0) return clientsOf(snapshot, cluster, found)
  const unlisted = unlistedGateway(snapshot, cluster, namespace, name)
  if (unlisted !== undefined) return clientsOf(snapshot, cluster, unlisted.proxy.alike, unlisted.assumptions)
  const names = gateways.map((workload) => `${clusterName}/${namespace}/${workload.owner.name}`)
  return problem('SOURCE_NOT_FOUND', `there is no gateway \`${text}\``, nearestNames(text, names))
}

const ofProxy = (snapshot: Snapshot, proxy: NonNullable<SourceInput['proxy']>): ResolvedSource => {
  const cluster = findCluster(snapshot, proxy.cluster)
  if (!('workloads' in cluster)) return cluster
  if (proxy.controlPlane && !snapshot.controlPlanes.has(proxy.controlPlane)) {
    const names = nearestNames(proxy.controlPlane, [...snapshot.controlPlanes.keys()])
    return problem('SOURCE_NOT_FOUND', `there is no control plane \`${proxy.controlPlane}\``, names)
  }
  return clientsOf(snapshot, cluster, [hypotheticalWorkload(snapshot, cluster, proxy)])
}

/** Who calls: one client for each kind of instance that may answer differently (FLOW-1). */
export const resolveSource = (snapshot: Snapshot, source: SourceInput): ResolvedSource => {
  if (source.outside)
    return problem('SOURCE_INVALID', 'a client `outside` has no proxy and is given nothing: only calls can be asked about')
  if (source.proxy) return ofProxy(snapshot, source.proxy)
  if (source.gateway) return ofGateway(snapshot, source.gateway)
  if (!source.cluster || !source.namespace)
    return problem('SOURCE_INVALID', 'a source needs `cluster` and `namespace`, or `outside`, `gateway` or `proxy`')
  const cluster = findCluster(snapshot, source.cluster)
  if (!('workloads' in cluster)) return cluster
  if (source.workload) return ofWorkload(snapshot, cluster, source.namespace, source, source.workload)
  return ofAttributes(snapshot, cluster, source.namespace, source)
}
