import { flatMap } from '../../flat-map.js'
import type { VisibleEndpoint, VisiblePort, VisibleSubset } from '../../model/visibility.js'
import type { MeshPort } from '../../snapshot/services/mesh-service.js'
import type { ScopedService } from '../../istiod/scope/proxy-scope.js'
import type { Client } from '../call/call.js'
import { discoverEndpoints } from '../discovery/discover-endpoints.js'
import { droppedAsUnready } from '../discovery/filter-endpoints.js'
import { distribute } from '../distribution/distribute.js'
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import { translateNetwork } from '../network/translate-network.js'
import type { Dialled } from '../discovery/meet-service.js'
import { type Dropped, type NetworkPath, type RouteTarget, wholeTarget } from '../call/stage-values.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'

const orNull = (text: string): string | null => (text === '' ? null : text)

/** A service's ports as one client is given them, those that its Sidecar lets through (VIS-20, VIS-21); endpoints only when asked for, because they cost. */
export const visiblePorts = (client: Client, { service, ports }: ScopedService, withEndpoints: boolean): VisiblePort[] => {
  const { view, workload } = client
  const rule = view === undefined ? undefined : effectiveRule(view, workload.namespace, workload.labels, service)
  const subsets = ['', ...(rule?.subsets ?? []).map(({ name }) => name)]
  const given = service.ports.filter(({ number }) => ports.includes(number))
  return given.map((port) => ({
    number: port.number,
    name: port.name,
    protocol: port.protocol,
    subsets: subsets.map((subset) => visibleSubset(client, wholeTarget({ service, port, subset, rule }), withEndpoints)),
  }))
}

const transportOf = (rule: RuleInForce | undefined, port: MeshPort, subset: string): string =>
  rule?.transportTls(port.number, subset)?.mode ?? 'AUTO'

const visibleSubset = (client: Client, target: RouteTarget, withEndpoints: boolean): VisibleSubset => {
  const shown = { name: target.subset, tls: transportOf(target.rule, target.port, target.subset) }
  if (!withEndpoints) return { ...shown, endpoints: [], dropped: [] }
  const { outcome: found, dropped } = discoverEndpoints(client, dialledFor(target), target)
  if (!found.passed) return { ...shown, endpoints: [], dropped: dropped.map(showDropped) }
  const network = translateNetwork(client, target, found.value.endpoints, found.value.unready)
  const paths = network.outcome.passed ? network.outcome.value : []
  const { priorities, step } = distribute(client, target, paths, network)
  const unready = network.unready.map(({ endpoint }) => droppedAsUnready(endpoint))
  const undistributed = paths.filter((_, index) => priorities[index] === undefined)
  const left = undistributed.map(({ endpoint }) => ({ endpoint, reason: 'NOT_DISTRIBUTED' as const, because: step.because }))
  return {
    ...shown,
    endpoints: flatMap(paths, (path, index) => {
      const priority = priorities[index]
      return priority === undefined ? [] : [showEndpoint(path, priority)]
    }),
    dropped: [...dropped, ...unready, ...network.dropped, ...left].map(showDropped),
  }
}

/** The service's own name, as the proxy itself would answer for it. */
const dialledFor = ({ service, port }: RouteTarget): Dialled => ({
  named: { hostname: service.hostname, addresses: [], resolvedBy: 'DNS_CAPTURE' },
  port: port.number,
})

const showEndpoint = ({ dialled, endpoint, passage, locality, weight }: NetworkPath, priority: number): VisibleEndpoint => ({
  address: dialled.address,
  port: dialled.port,
  cluster: orNull(endpoint.cluster),
  network: orNull(endpoint.network),
  locality: orNull(locality),
  weight,
  priority,
  viaGateway: passage !== undefined,
  health: endpoint.health,
})

const showDropped = ({ endpoint, reason, because }: Omit<Dropped, 'message'>): VisibleSubset['dropped'][number] => ({
  address: endpoint.address,
  cluster: orNull(endpoint.cluster),
  reason,
  because: [...because],
})
