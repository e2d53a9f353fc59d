import { groupBy } from '../../group-by.js'
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'
import { boundGateways, gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { domainsOver, domainSuffix, qualify, serviceWildcards } from '../../istiod/matching/hosts.js'
import { listenedAt, listenedPorts } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { virtualServicesOver } from '../../istiod/scope/virtual-services-for.js'
import { concernsConnection, concernsProxy, type RoutingProxy } from '../../analysis/route/concerns-proxy.js'
import type { RouteTarget } from '../../analysis/call/stage-values.js'
import { type End, findTarget, isEnd } from '../../analysis/route/find-target.js'
import { isRemovedValue } from '../../manifests/secrets/removed-value.js'
import { remembered } from '../../remembered.js'
import type { HttpMatch, VirtualService } from '../../resources/istio/virtual-service.js'
import type { Labels } from '../../resources/meta.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { type Consumer, labelsOf } from '../consumers.js'
import { isUnlisted, isUnread, unlistedService } from '../unlisted-services.js'
import type { PlacedDestination } from './placed-destination.js'
import { subsetNamed } from '../../istiod/destination-rules/subset-named.js'

/** What a proxy lacks of a destination. */
export interface Lack {
  /** NO_PORT: the destination says none, and the service has several. */
  readonly what: 'HOST' | 'PORT' | 'NO_PORT' | 'SUBSET'
  /** As a trace says it. */
  readonly message: string
  /** Ports of the proxy's listeners at which it is lacking, where not at all of them. */
  readonly ports: readonly number[]
  readonly rule?: RuleInForce
  /** A listener of the proxy is known by which calls take the route. */
  readonly met: boolean
}

/** A VirtualService while its destinations are judged: what they have in common is known as long as that. */
export interface Judging {
  readonly view: ControlPlaneView
  readonly item: VirtualService
}

/** What the first of the consumer's proxies to which the route applies lacks: nothing, where the route is not for them. */
export function judgeDestination(consumer: Consumer, judging: Judging, placed: PlacedDestination, host: string): readonly Lack[] {
  for (const labels of labelsThatMatter(consumer, placed)) {
    const ports = portsOf(consumer, judging, placed, labels)
    if (ports?.length === 0) continue
    const lacks = lacksOf(consumer, placed, host, labels, ports)
    if (lacks.length > 0) return lacks.map((lack) => ({ ...lack, met: ports !== undefined }))
  }
  return []
}

/** All of a consumer's proxies are alike but for routes and rules that select by labels (ROUTE-2, ROUTE-24). */
function labelsThatMatter(consumer: Consumer, { match }: PlacedDestination): readonly Labels[] {
  const { view, namespace } = consumer.scope
  if (match.some(({ sourceLabels }) => Object.keys(sourceLabels).length > 0)) return labelsAskedFor(consumer, match)
  const all = labelsOf(consumer)
  return hasSelectingRules(view, namespace) ? all : all.slice(0, 1)
}

/** Of thousands of proxies few have the labels for which a route is; those whose value of one was taken out as a secret may have them. */
function labelsAskedFor(consumer: Consumer, match: PlacedDestination['match']): readonly Labels[] {
  const all = labelsOf(consumer)
  const asked = match.map(({ gateways, sourceLabels }) => (gateways.length > 0 ? undefined : Object.entries(sourceLabels)[0]))
  const places = new Set<number>()
  for (const label of asked) {
    if (label === undefined) return all
    const [key, value] = label
    const { byValue, removed } = placesWith(consumer, key)
    for (const place of [...(byValue.get(value) ?? []), ...removed]) places.add(place)
  }
  return [...places].sort((a, b) => a - b).map((place) => all[place] ?? {})
}

/** Places among the labels of a consumer's proxies, by the value of one. */
const placesWith = remembered((consumer: Consumer, key: string) => {
  const values = labelsOf(consumer).map((labels, place) => ({ value: labels[key], place }))
  const lists = groupBy(
    values.filter(({ value }) => value !== undefined),
    ({ value = '' }) => value,
  )
  return {
    byValue: new Map([...lists].map(([value, list]) => [value, list.map(({ place }) => place)])),
    removed: values.flatMap(({ value, place }) => (value !== undefined && isRemovedValue(value) ? [place] : [])),
  }
})

const hasSelectingRules = remembered((view: ControlPlaneView, namespace: string): boolean =>
  (view.configuration.destinationRules.get(namespace) ?? []).some(({ workloadSelector }) => workloadSelector !== undefined),
)

type Found = Omit<Lack, 'met'>

function lacksOf(
  consumer: Consumer,
  placed: PlacedDestination,
  host: string,
  labels: Labels,
  ports: readonly number[] | undefined,
): readonly Found[] {
  const { scope } = consumer
  const service = scope.services.get(host)?.service
  if (service === undefined && isUnlisted(scope.view, host)) return withoutSubset(scope, placed, labels, unlistedService(scope.view, host))
  // A service without any port is its own mistake, told of itself; an alias takes those of what it stands for.
  if (service === undefined ? isPortless(scope, host) : service.ports.length === 0 && service.resolution !== 'ALIAS') return []
  // What nobody declares has no port at which it could be looked up.
  if (service === undefined && scope.view.servicesByHost(host).length === 0) return [{ what: 'HOST', message: '', ports: [] }]
  return lookedUp(consumer, placed, service, labels, ports)
}

function lookedUp(
  consumer: Consumer,
  placed: PlacedDestination,
  service: MeshService | undefined,
  labels: Labels,
  ports: readonly number[] | undefined,
): readonly Found[] {
  const asked = askedPorts(placed, service, ports)
  const found = asked.map((port) => ({ port, target: lookUp(consumer, placed, labels, port) }))
  const ends = found.flatMap(({ port, target }) => (isEnd(target) ? [{ port, message: target.message }] : []))
  const target = found.map((one) => one.target).find((one): one is RouteTarget => !isEnd(one))
  if (service === undefined || (service.resolution === 'ALIAS' && target === undefined)) {
    return [{ what: 'HOST', message: ends[0]?.message ?? '', ports: [] }]
  }
  const wrong = ports === undefined && placed.destination.port === undefined ? severalPorts(service) : wrongPort(placed, asked, ends)
  return [...wrong, ...withoutSubset(consumer.scope, placed, labels, target?.service ?? service)]
}

/** The ports at which the destination is looked up: its own, else those of the listeners, else any. */
function askedPorts(
  { destination: { port } }: PlacedDestination,
  service: MeshService | undefined,
  listening: readonly number[] | undefined,
): readonly number[] {
  if (port !== undefined) return [port]
  return listening ?? [service?.ports[0]?.number ?? 0]
}

/** What the lookup of a route finds for a listener on the port, whatever the subset. */
function lookUp({ scope, atGateway, workloads }: Consumer, placed: PlacedDestination, labels: Labels, port: number): RouteTarget | End {
  const keepsPort = placed.kind === 'http' && !atGateway && workloads.length > 0
  return findTarget({ scope, labels, port, keepsPort }, { ...placed.destination, subset: '' }, placed.owner.namespace, 1, [])
}

/** No listener tells the port that a destination without one means. */
function severalPorts({ hostname, ports }: MeshService): readonly Found[] {
  if (ports.length < 2) return []
  const numbers = ports.map(({ number }) => number).join(', ')
  return [{ what: 'NO_PORT', message: `the route leads to \`${hostname}\`, which has ports ${numbers}, and names none of them`, ports: [] }]
}

function wrongPort(
  { destination: { port } }: PlacedDestination,
  asked: readonly number[],
  ends: readonly { readonly port: number; readonly message: string }[],
): readonly Found[] {
  const [first] = ends
  if (first === undefined) return []
  const partly = ends.length < asked.length ? ends.map((end) => end.port) : []
  return [{ what: port === undefined ? 'NO_PORT' : 'PORT', message: first.message, ports: partly }]
}

function withoutSubset(
  { view, namespace }: ProxyScope,
  { destination: { subset } }: PlacedDestination,
  labels: Labels,
  service: Pick<MeshService, 'hostname' | 'namespace'>,
): readonly Found[] {
  if (subset === '' || isUnread([view.configCluster], 'destinationRules')) return []
  const rule = effectiveRule(view, namespace, labels, service)
  if (subsetNamed(rule, subset) !== undefined) return []
  return [{ what: 'SUBSET', message: '', ports: [], ...(rule === undefined ? {} : { rule }) }]
}

/** A wildcard of which the host is one name, and which has no ports. */
const isPortless = ({ view, services }: ProxyScope, host: string): boolean =>
  domainsOver(host, serviceWildcards(view)).some((name) => services.get(name)?.service.ports.length === 0)

/** The ports at which the consumer's proxies meet the route; undefined: that is not known. Empty: at none. */
function portsOf(consumer: Consumer, judging: Judging, placed: PlacedDestination, labels: Labels): readonly number[] | undefined {
  const { item } = judging
  if (consumer.workloads.length === 0) return undefined
  const listening = consumer.atGateway ? serverPorts(consumer, item) : sidecarPorts(judging, consumer.scope, placed.kind)
  if (listening.length === 0) return undefined
  const gateways = consumer.atGateway ? boundGateways(item.gateways, item.meta.namespace) : ['mesh']
  return listening.filter((port) => isMet(placed, { labels, namespace: consumer.scope.namespace, gateways, port }))
}

function isMet({ kind, match, owner }: PlacedDestination, proxy: RoutingProxy): boolean {
  if (match.length === 0) return true
  return match.some((block) =>
    kind === 'http'
      ? concernsProxy(block as HttpMatch, owner.namespace, proxy)
      : concernsConnection(block as never, owner.namespace, proxy),
  )
}

/** Of the Gateways that the VirtualService names, those that select the gateway. */
function serverPorts({ scope: { view }, workloads: [gateway] }: Consumer, { gateways, meta }: VirtualService): readonly number[] {
  if (gateway === undefined) return []
  const selecting = selectingByName(view, gateway)
  const bound = [...new Set(boundGateways(gateways, meta.namespace))].flatMap((name) => selecting.get(name) ?? [])
  return [...new Set(bound.sort((a, b) => a.place - b.place).flatMap(({ servers }) => servers.map(({ port }) => port.number)))]
}

/** The Gateways that select it, each with its place among them. */
const selectingByName = remembered((view: ControlPlaneView, gateway: Workload) =>
  groupBy(
    gatewaysSelecting(view, gateway).map(({ meta, servers }, place) => ({ meta, servers, place })),
    ({ meta }) => `${meta.namespace}/${meta.name}`,
  ),
)

/** Where a sidecar listens for the VirtualService's hosts, and it is the VirtualService that decides. */
const sidecarPorts = remembered(({ item }: Judging, scope: ProxyScope, kind: PlacedDestination['kind']): readonly number[] => {
  const suffix = domainSuffix(scope.view)
  const found = new Set<number>()
  for (const own of item.hosts) {
    const host = qualify(own, item.meta.namespace, suffix)
    const scoped = scope.services.get(host)
    if (scoped === undefined) continue
    for (const port of listenedPorts(scoped)) {
      const routed = listenedAt(scope, host, port).some(
        ({ port: read }) => (kind === 'http') === (read.protocol === 'HTTP') || read.protocol === 'AUTO',
      )
      if (routed && (kind !== 'http' || decides(scope, item, host, port))) found.add(port)
    }
  }
  return [...found]
})

const deciding = remembered((scope: ProxyScope, host: string, port: number): VirtualService | undefined =>
  virtualServicesOver(scope, host, port).find(({ http }) => http.length > 0),
)

/** Of several VirtualServices for a host the first with routes has it alone (VIS-28). */
const decides = (scope: ProxyScope, item: VirtualService, host: string, port: number): boolean => deciding(scope, host, port) === item
