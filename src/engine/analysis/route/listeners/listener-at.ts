/**
 * The filter chains of the listener to which connections come that dial an address, as istiod puts them together.
 *
 * It goes through a proxy's egress listeners and through the records of each, the oldest first; whoever comes to the same address and port adds its
 * chains, and of those that ask for the same the first is kept. Rules ROUTE-10, ROUTE-31, DNS-16, VIS-10, VIS-42.
 */
import { flatMap } from '../../../flat-map.js'
import { type EgressListener, everyAddress } from '../../../istiod/scope/egress-listeners.js'
import type { ListenedRecord, ProxyScope } from '../../../istiod/scope/proxy-scope.js'
import { holdsEveryAddress, listensForRequests } from '../../../istiod/scope/routed-by.js'
import { routesOver } from '../../../istiod/scope/virtual-services-for.js'
import { remembered } from '../../../remembered.js'
import type { Labels } from '../../../resources/meta.js'
import type { MeshService } from '../../../snapshot/services/mesh-service.js'
import type { Client } from '../../call/call.js'
import type { RoutingProxy } from '../concerns-proxy.js'
import { askedBy, connectionChains, type Heard } from './connection-chains.js'
import type { FilterChain, RequestChain } from './filter-chain.js'
import { heardAt, type Listening } from './heard-at.js'
import { type Place, recordsAt } from './records-at.js'

/** The chains that decide about a connection to the address: those of its own listener, else those of the one for every address. */
export function listenerAt(
  scope: ProxyScope,
  { workload }: Pick<Client, 'workload'>,
  address: string | undefined,
  port: number,
  meant: readonly MeshService[],
): readonly FilterChain[] {
  const { cluster, dnsCapture, labels } = workload
  const proxy: Listening = { view: scope.view, cluster, capturesDns: dnsCapture }
  const own = address === undefined ? [] : chainsAt(scope, proxy, labels, { place: address, number: port, meant })
  return own.length > 0 ? own : chainsForAll(scope, cluster, dnsCapture, port, asksForLabels(scope) ? labels : undefined)
}

/** The same for all callers whose labels make no difference. */
const chainsForAll = remembered(
  (scope: ProxyScope, cluster: string, capturesDns: boolean, number: number, labels: Labels | undefined): readonly FilterChain[] =>
    chainsAt(scope, { view: scope.view, cluster, capturesDns }, labels ?? {}, {
      place: everyAddress,
      number,
      meant: [],
    }),
)

const asksForLabels = remembered(({ virtualServices }: ProxyScope): boolean =>
  virtualServices.some(({ tls, tcp }) =>
    [...tls, ...tcp].some(({ match }) => match.some(({ sourceLabels }) => Object.keys(sourceLabels).length > 0)),
  ),
)

function chainsAt(scope: ProxyScope, listening: Listening, labels: Labels, place: Place): readonly FilterChain[] {
  const { number } = place
  const isOpen = place.place === everyAddress
  const proxy: RoutingProxy = { labels, namespace: scope.namespace, gateways: ['mesh'], port: number }
  const { chains, merge } = merging()
  if (isOpen && listensForRequests(scope, number)) merge([requestsOf(undefined)])
  for (const { listener } of scope.listeners) {
    if (listener.routedPort !== undefined && listener.routedPort !== number) continue
    // To what a listener with the port has, one for all ports adds nothing (VIS-42).
    if (listener.routedPort === undefined && (isOpen ? holdsEveryAddress(scope, number) : chains.length > 0)) break
    for (const heard of heardBy(scope, listening, listener, place)) {
      const own = connectionChains(heard, routesOver(scope, listener, heard.record.hostname), proxy)
      const requests = heard.port.protocol === 'AUTO' ? [requestsOf(isOpen ? undefined : heard.record)] : []
      merge([...own, ...requests])
    }
  }
  return chains
}

const heardBy = (scope: ProxyScope, listening: Listening, listener: EgressListener, place: Place): readonly Heard[] =>
  flatMap(inOrder(recordsAt(scope, listening, listener, place), listener), (one) => heardAt(listening, one, place.place, place.number))

/** Chains as they are put together: whoever comes first has all of his, whatever they ask for. */
function merging() {
  const chains: FilterChain[] = []
  const asked = new Set<string>()
  const merge = (more: readonly FilterChain[]): void => {
    const isFirst = chains.length === 0
    for (const chain of more) {
      const what = askedBy(chain)
      if (isFirst || !asked.has(what)) chains.push(chain)
      asked.add(what)
    }
  }
  return { chains, merge }
}

const requestsOf = (record: MeshService | undefined): RequestChain => ({ kind: 'HTTP', record, subnets: [], names: [] })

/** As a listener goes through its records (VIS-4, VIS-43). */
function inOrder(records: readonly ListenedRecord[], { exact }: EgressListener): readonly ListenedRecord[] {
  const open = ({ exportTo }: MeshService): number => (exact || !exportTo.has('*') ? 0 : 1)
  return [...records].sort(({ record: a }, { record: b }) => open(a) - open(b) || a.createdAt - b.createdAt || compare(a, b))
}

const compare = (a: MeshService, b: MeshService): number => {
  const [one, other] = [nameOf(a), nameOf(b)]
  return one < other ? -1 : one > other ? 1 : a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0
}

/** A Service goes by its own name, an entry by its host. */
const nameOf = ({ definitions, hostname }: MeshService): string => definitions[0]?.service.meta.name ?? hostname
