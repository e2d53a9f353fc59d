/**
 * Which services are offered to other networks, and cannot be called from there?
 *
 * Gateways hand on mutual TLS alone, so that servers without a proxy are left out for clients on other networks; of a headless service these are
 * given the addresses of their own network, and no gateway stands for the others. Rules NET-14, EDS-14, DNS-12.
 */
import { pausing } from '../../pause.js'
import { gatewaysFor } from '../../analysis/network/gateways-for.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { callerOf, hasCallersAcross } from './caller-of.js'

interface Standing {
  readonly cluster: Cluster
  readonly network: string
  /** Some server there takes mutual TLS, or may: of an address alone nobody knows. */
  readonly capable: boolean
}

/** Where servers of the service stand, by networks that have a gateway. */
function standings(view: ControlPlaneView, { definitions }: MeshService): readonly Standing[] {
  return definitions.flatMap(({ cluster: name, service }): readonly Standing[] => {
    const cluster = view.snapshot.clusters.get(name)
    const network = cluster?.network.value
    if (cluster === undefined || network === undefined || gatewaysFor(view, network, name).length === 0) return []
    const endpoints = clusterEndpoints(cluster, service.meta.namespace, service.meta.name)
    // Gateways and control planes are met by their addresses, and not called across.
    if (endpoints.length === 0 || endpoints.some(({ workload }) => workload?.dataPlane === 'GATEWAY')) return []
    return [{ cluster, network, capable: endpoints.some(({ workload, tlsMode }) => workload === undefined || tlsMode === 'istio') }]
  })
}

function whyNot(service: MeshService, all: readonly Standing[], { capable }: Standing): string | undefined {
  if (service.headless)
    return 'it is headless: clients are given addresses of their own network, and no gateway stands for the others; give it an address (without `clusterIP: None`)'
  if (capable || all.some((one) => one.capable)) return undefined
  return 'its servers have no proxy, and gateways hand on mutual TLS only; inject them'
}

function* judge(view: ControlPlaneView, told: Set<string>): Iterable<Breach> {
  for (const service of pausing(view.services)) {
    if (service.namespace === view.controlPlane.systemNamespace) continue
    if (service.clusterLocal || service.registry !== 'KUBERNETES' || told.has(service.hostname)) continue
    const all = standings(view, service)
    for (const standing of all) {
      const why = whyNot(service, all, standing)
      const caller = why === undefined ? undefined : callerOf(view, standing.network, service)
      const home = service.definitions.find(({ cluster }) => cluster === standing.cluster.name)
      if (caller === undefined || home === undefined) continue
      told.add(service.hostname)
      const message = `clients on other networks than \`${standing.network}\`, as in namespace \`${caller}\`, do not get to the servers here: ${why}`
      yield { on: standing.cluster.ref(home.service.meta), message }
      break
    }
  }
}

function* judgeAll(snapshot: Snapshot): Iterable<Breach> {
  const told = new Set<string>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    if (view.gateways.size > 0 && hasCallersAcross(view)) yield* judge(view, told)
  }
}

export const serviceAcrossNetworks: Rule = {
  code: 'NET108',
  name: 'service-not-for-other-networks',
  severity: 'INFO',
  istio: [],
  kiali: [],
  summary:
    'A service of the mesh cannot be called from other networks, since it is headless or its servers have no proxy (NET-14, EDS-14, DNS-12).',
  check: judgeAll,
}
