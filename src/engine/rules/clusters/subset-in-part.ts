/**
 * Do the clusters of a service agree on which of its servers belong to a subset?
 *
 * A subset takes the endpoints of all clusters that have its labels (ROUTE-14), and an endpoint is what its own cluster's Service selects (EDS-1). Where
 * one cluster selects otherwise, or labels the same workload otherwise, what is routed to the subset never goes there.
 */
import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { isWildcard } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule, Subset } from '../../resources/istio/destination-rule.js'
import type { Labels } from '../../resources/meta.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { isMachine, type Workload } from '../../snapshot/workloads/workload.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import { subsetUses } from '../destinations/subset-uses.js'
import type { Breach, Rule } from '../rule.js'

/** A cluster with the Service, and the workloads that it selects there. */
interface Place {
  readonly cluster: Cluster
  readonly service: Service
  readonly workloads: readonly Workload[]
}

const placesOf = remembered((view: ControlPlaneView, service: MeshService): readonly Place[] => {
  const byCluster = new Map<string, Set<Workload>>()
  for (const port of service.ports) {
    for (const { cluster, workload } of endpointsOfCluster(view, service, port)) {
      if (workload === undefined || isMachine(workload)) continue
      byCluster.set(cluster, (byCluster.get(cluster) ?? new Set()).add(workload))
    }
  }
  return service.definitions.flatMap((definition) => {
    const cluster = view.snapshot.clusters.get(definition.cluster)
    return cluster === undefined ? [] : [{ cluster, service: definition.service, workloads: [...(byCluster.get(cluster.name) ?? [])] }]
  })
})

const keyOf = ({ owner }: Workload): string => `${owner.kind} ${owner.name}`

const written = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

/** Subsets by place are meant to take the servers of one. */
const isByPlace = ({ labels }: Subset): boolean =>
  Object.keys(labels).some((key) => /^topology\.|^kubernetes\.io\/|^cluster$|^region$|^zone$/.test(key))

/** One cluster's Service leaves out a workload with the subset's labels, which the other one's selector would take. */
function unselected(host: string, { name, labels }: Subset, from: Place, to: Place): Breach | undefined {
  const { selector: theirs } = from.service
  const { selector: own } = to.service
  if (theirs === undefined || own === undefined) return undefined
  const left = to.cluster
    .workloads(to.service.meta.namespace)
    .find((one) => selectorMatches(labels, one.labels) && selectorMatches(theirs, one.labels) && !selectorMatches(own, one.labels))
  if (left === undefined) return undefined
  const message = `subset \`${name}\` of \`${host}\` has servers in cluster \`${from.cluster.name}\` and none here: this Service selects \`${written(own)}\`, which \`${left.owner.name}\` is not, and the one there \`${written(theirs)}\`; what is routed to the subset never goes to \`${left.owner.name}\` of this cluster; select alike in both`
  return { on: to.cluster.ref(to.service.meta, 'spec.selector'), message }
}

/** The same workload belongs to the subset in one cluster, and in the other to none of the rule. */
function unlabelled(host: string, subset: Subset, rule: DestinationRule, from: Place, to: Place): Breach | undefined {
  const members = new Set(from.workloads.filter((one) => selectorMatches(subset.labels, one.labels)).map(keyOf))
  const isInNone = ({ labels }: Workload): boolean =>
    !rule.subsets.some((one) => Object.keys(one.labels).length > 0 && selectorMatches(one.labels, labels))
  const twin = to.workloads.find((one) => members.has(keyOf(one)) && isInNone(one))
  if (twin === undefined) return undefined
  const other = Object.entries(subset.labels).filter(([key, value]) => twin.labels[key] !== value)
  const have = other.map(([key]) => (twin.labels[key] === undefined ? `no \`${key}\`` : `\`${key}=${twin.labels[key]}\``))
  const message = `\`${twin.owner.name}\` has ${have.join(', ')} here, and ${other.map(([key, value]) => `\`${key}=${value}\``).join(', ')} in cluster \`${from.cluster.name}\`: subset \`${subset.name}\` of \`${host}\` has servers there and none here, and what is routed to it never comes to this cluster; label both alike`
  return { on: twin.ref, severity: other.some(([key]) => twin.labels[key] === undefined) ? 'WARNING' : 'INFO', message }
}

/** The host of the rule, and where its service stands, where that is in several clusters. */
function sharedService(view: ControlPlaneView, { host: stated, meta }: DestinationRule): readonly [host: string, places: readonly Place[]] {
  const host = qualify(stated, meta.namespace, domainSuffix(view))
  const service = isWildcard(host) ? undefined : view.servicesByHost(host).find(({ registry }) => registry === 'KUBERNETES')
  const isShared = service !== undefined && !service.clusterLocal && service.definitions.length > 1
  return [host, isShared ? placesOf(view, service) : []]
}

function* breachesOf(view: ControlPlaneView, rule: DestinationRule): Iterable<Breach> {
  const [host, places] = sharedService(view, rule)
  for (const subset of places.length === 0 ? [] : rule.subsets) {
    if (Object.keys(subset.labels).length === 0 || isByPlace(subset) || subsetUses(view, host, subset.name) === undefined) continue
    const isIn = ({ workloads }: Place): boolean => workloads.some(({ labels }) => selectorMatches(subset.labels, labels))
    const from = places.find(isIn)
    if (from === undefined) continue
    for (const to of places) {
      const breach = isIn(to) ? undefined : (unselected(host, subset, from, to) ?? unlabelled(host, subset, rule, from, to))
      if (breach !== undefined) yield breach
    }
  }
}

export const subsetInPart: Rule = {
  code: 'DIF108',
  name: 'subset-in-part',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary:
    'Clusters select or label the servers of a service otherwise, so that a subset has none of those of one cluster (ROUTE-14, EDS-1).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'destinationRules')) {
        for (const breach of breachesOf(views[0], object)) {
          const { cluster, kind, namespace, name } = breach.on
          const key = [cluster, kind, namespace, name].join(' ')
          if (told.has(key)) continue
          told.add(key)
          yield breach
        }
      }
    }
  },
}
