import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { isWildcard } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule, Subset } from '../../resources/istio/destination-rule.js'
import type { Labels } from '../../resources/meta.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import { mayReadMore } from '../sees-all-callers.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { subsetUses } from './subset-uses.js'

/** Does the document show workloads at all? */
const showsWorkloads = ({ clusters }: ControlPlaneView): boolean =>
  clusters.some(({ resources }) => resources.pods.size + resources.podControllers.size + resources.workloadEntries.size > 0)

const mayBeUnread = (view: ControlPlaneView, namespace: string): boolean =>
  mayReadMore(view) ||
  (['pods', 'podControllers', 'endpointSlices'] as const).some((kind) => isUnread(view.clusters, kind, namespace)) ||
  isUnread([view.configCluster], 'workloadEntries', namespace)

const labelsOf = remembered((view: ControlPlaneView, service: MeshService): readonly Labels[] => [
  ...new Set(service.ports.flatMap((port) => endpointsOfCluster(view, service, port).map(({ labels }) => labels))),
])

/** A template that runs no pod just now. */
const isScaledDown = (view: ControlPlaneView, { namespace, definitions }: MeshService, wanted: Labels): boolean =>
  view
    .workloads(namespace)
    .some(
      ({ labels }) =>
        selectorMatches(wanted, labels) &&
        definitions.some(({ service: { selector } }) => selector !== undefined && selectorMatches(selector, labels)),
    )

/** Are there endpoints that the subset takes, or can nobody say? */
function isFilled(view: ControlPlaneView, services: readonly MeshService[], subset: Subset): boolean {
  const wanted = wantedAnywhere(view, subset)
  return services.some(
    (service) =>
      service.ports.length === 0 ||
      service.resolution === 'ALIAS' ||
      mayBeUnread(view, service.namespace) ||
      labelsOf(view, service).some((labels) => selectorMatches(wanted, labels)) ||
      isScaledDown(view, service, wanted),
  )
}

/** Which clusters and networks a subset names is meant to leave it empty where there is none of them (ROUTE-14). */
function wantedAnywhere({ snapshot }: ControlPlaneView, { labels }: Subset): Labels {
  const { 'topology.istio.io/cluster': cluster, 'topology.istio.io/network': network, ...others } = labels
  const isNetwork = snapshot.networks.some(({ name }) => name === network)
  return {
    ...others,
    ...(cluster === undefined || snapshot.clusters.has(cluster) ? {} : { 'topology.istio.io/cluster': cluster }),
    ...(network === undefined || isNetwork ? {} : { 'topology.istio.io/network': network }),
  }
}

function tell(view: ControlPlaneView, host: string, services: readonly MeshService[], { name, labels }: Subset): string {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  const there = services.flatMap((service) => labelsOf(view, service))
  const values = new Set(
    there.flatMap((one) => Object.keys(labels).flatMap((key) => (one[key] === undefined ? [] : `\`${key}=${one[key]}\``))),
  )
  const have =
    there.length === 0 ? ', which has no endpoints here' : values.size === 0 ? '' : `: they have ${[...values].slice(0, 5).join(', ')}`
  return `subset \`${name}\` wants \`${wanted.join(',')}\`, which no endpoint of \`${host}\` has${have}; what is routed to it gets 503 (no healthy upstream)`
}

/** Does the document show no workload where the service is? They may be somebody else's to give. */
const isElsewhere = (view: ControlPlaneView, services: readonly MeshService[]): boolean =>
  services.every(
    (service) =>
      service.registry === 'KUBERNETES' && labelsOf(view, service).length === 0 && view.workloads(service.namespace).length === 0,
  )

function* emptySubsets(view: ControlPlaneView, rule: DestinationRule): Iterable<Breach> {
  const host = qualify(rule.host, rule.meta.namespace, domainSuffix(view))
  const services = view.servicesByHost(host)
  if (isWildcard(host) || services.length === 0 || !showsWorkloads(view)) return
  for (const [index, subset] of rule.subsets.entries()) {
    if (Object.keys(subset.labels).length === 0 || isFilled(view, services, subset)) continue
    const uses = subsetUses(view, host, subset.name)
    const isWaiting = uses !== undefined && !uses.has('TRAFFIC') && !uses.has('MIRROR')
    const on = view.ref(rule.meta, `spec.subsets[${index}].labels`)
    yield { on, severity: isWaiting || isElsewhere(view, services) ? 'INFO' : 'WARNING', message: tell(view, host, services, subset) }
  }
}

export const emptySubset: Rule = {
  code: 'DST106',
  name: 'empty-subset',
  severity: 'WARNING',
  istio: ['IST0173'],
  kiali: ['KIA0203'],
  summary: 'A subset takes none of the endpoints of its service, of whichever cluster (ROUTE-14, EDS-1).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'destinationRules')) {
        const [first, ...others] = views.map((view) => [...emptySubsets(view, object)])
        for (const breach of first ?? []) {
          if (others.every((list) => list.some(({ on }) => on.path === breach.on.path))) yield breach
        }
      }
    }
  },
}
