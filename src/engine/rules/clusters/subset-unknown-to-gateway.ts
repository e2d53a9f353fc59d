/**
 * Do the gateways of other networks know the subsets that calls across them ask for?
 *
 * Mutual TLS names service, port and subset in its server name, and the gateway hands on only what its own control plane has a cluster for: the
 * subsets of the DestinationRule that is in force for the gateway's namespace there (NET-34, ROUTE-20).
 */
import { pausing } from '../../pause.js'
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { remembered } from '../../remembered.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import { type Consumer, consumersOf, labelsOf } from '../consumers.js'
import { knownConsumersOf } from '../destinations/consumers-of-routes.js'
import { destinationsOf, type PlacedDestination } from '../destinations/placed-destination.js'
import type { Breach, Rule } from '../rule.js'
import { subsetNamed } from '../../istiod/destination-rules/subset-named.js'

interface Gate {
  readonly view: ControlPlaneView
  readonly proxy: Workload
}

/** Gateways that hand connections on by server name, by the cluster they stand in. */
const gatesOf = remembered((snapshot: Snapshot): ReadonlyMap<string, readonly Gate[]> => {
  const found = new Map<string, Gate[]>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    for (const { atGateway, workloads } of pausing(consumersOf(view))) {
      for (const proxy of atGateway ? workloads : []) {
        const handsOn = gatewaysSelecting(view, proxy).some(({ servers }) => servers.some(({ tlsMode }) => tlsMode === 'AUTO_PASSTHROUGH'))
        if (handsOn) found.set(proxy.cluster, [...(found.get(proxy.cluster) ?? []), { view, proxy }])
      }
    }
  }
  return found
})

const networksOf = remembered((consumer: Consumer): readonly string[] => [
  ...new Set(consumer.workloads.map(({ proxyNetwork }) => proxyNetwork)),
])

/** Clusters on another network than some caller's, in which endpoints of the subset stand. */
function clustersAcross(consumers: readonly Consumer[], service: MeshService, subset: string): ReadonlySet<string> {
  const [first] = consumers
  if (first === undefined) return new Set()
  const { view, namespace } = first.scope
  const labels = subsetNamed(effectiveRule(view, namespace, labelsOf(first)[0] ?? {}, service), subset)?.labels
  if (labels === undefined) return new Set()
  const isAcross = (network: string): boolean =>
    view.gateways.has(network) && consumers.some((one) => networksOf(one).some((own) => own !== network))
  const endpoints = service.ports.flatMap((port) => endpointsOfCluster(view, service, port))
  return new Set(endpoints.filter((one) => selectorMatches(labels, one.labels) && isAcross(one.network)).map(({ cluster }) => cluster))
}

/** A gateway that has no such subset, while its control plane knows the service. */
function ignorantGate(view: ControlPlaneView, consumers: readonly Consumer[], host: string, subset: string): Gate | undefined {
  const [service] = view.servicesByHost(host)
  if (service === undefined || service.registry !== 'KUBERNETES') return undefined
  const gates = [...gatesOf(view.snapshot)].flatMap(([cluster, all]) => {
    const gate = all.find((one) => one.view !== view && knowsWithout(one, host, subset))
    return gate === undefined ? [] : [{ cluster, gate }]
  })
  if (gates.length === 0) return undefined
  const across = clustersAcross(consumers, service, subset)
  return gates.find(({ cluster }) => across.has(cluster))?.gate
}

function knowsWithout({ view, proxy }: Gate, host: string, subset: string): boolean {
  const [service] = view.servicesByHost(host)
  if (service === undefined) return false
  return subsetNamed(effectiveRule(view, proxy.namespace, proxy.labels, service), subset) === undefined
}

function breachOf(view: ControlPlaneView, item: VirtualService, { destination, owner, path, use }: PlacedDestination): Breach | undefined {
  const { subset } = destination
  if (subset === '' || use !== 'TRAFFIC') return undefined
  const host = qualify(destination.host, owner.namespace, domainSuffix(view))
  const sidecars = knownConsumersOf(view, item).filter(({ atGateway }) => !atGateway)
  const gate = ignorantGate(view, sidecars, host, subset)
  if (gate === undefined) return undefined
  const { proxy, view: other } = gate
  const message = `subset \`${subset}\` of \`${host}\` has endpoints behind gateway \`${proxy.namespace}/${proxy.owner.name}\` of cluster \`${proxy.cluster}\`, to which control plane \`${other.controlPlane.name}\` gives no such subset: it closes connections that ask for it; apply the DestinationRule there too, exported to namespace \`${proxy.namespace}\``
  return { on: view.ref(owner, `${path}.subset`), message }
}

export const subsetUnknownToGateway: Rule = {
  code: 'DIF104',
  name: 'subset-unknown-to-gateway',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'Calls to a subset cross networks by a gateway whose control plane does not define that subset (NET-34).',
  *check(snapshot): Iterable<Breach> {
    if (snapshot.controlPlanes.size < 2) return
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'virtualServices')) {
        for (const placed of destinationsOf(views[0], object)) {
          const breach = breachOf(views[0], object, placed)
          if (breach !== undefined) yield breach
        }
      }
    }
  },
}
