/**
 * Entrances of gateways that the document does not give at all: its Gateway objects select pods that no object shows.
 *
 * A repository of manifests seldom holds the gateway, which is installed with Istio: it is taken to be there, with the ports that its Service
 * usually has beside those of the Gateway objects. In a live cluster, pods that do not exist are missing. Rules ROUTE-12, GW-3.
 */
import { pausing } from '../../pause.js'
import type { Assumption } from '../../model/step.js'
import type { Labels } from '../../resources/meta.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import { assumedAddress } from '../../snapshot/networks/gateway-addresses.js'
import { gatewayNameLabel } from '../../snapshot/networks/hands-on.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import {
  isTakenAsShipped,
  shippedGateway,
  type ShippedGateway,
  shippedPorts,
  shippedTarget,
} from '../../istiod/gateways/shipped-gateway.js'
import { isOn } from '../../snapshot/flags.js'
import { titleOf } from '../../snapshot/references.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { assumedGateway } from '../../snapshot/workloads/assumed-gateway.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from '../call/outcome.js'
import { viewOf } from '../network/passage/gateway-place.js'
import type { Entrance } from './entrance.js'
import { entrancesAtNode, isAtNode } from './entrances-at-node.js'

/** `given`: the gateway proxies of all clusters, those behind Services that were assumed included. */
export function assumedEntrances(snapshot: Snapshot, given: readonly Workload[]): readonly Entrance[] {
  return [...snapshot.controlPlanes.keys()].flatMap((name) => {
    const view = snapshot.view(name)
    const cluster = view.configCluster
    return cluster === undefined ? [] : entrancesOf(view, cluster, given)
  })
}

function entrancesOf(view: ControlPlaneView, cluster: Cluster, given: readonly Workload[]): readonly Entrance[] {
  const scoped = isOn(view.controlPlane, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE')
  const own = given.filter(({ controlPlane }) => controlPlane === undefined || controlPlane === view.controlPlane.name)
  const having = byLabel(own)
  const isSelecting = ({ selector, meta, runs }: Gateway): boolean =>
    having(runs === undefined ? [selector] : runs.selectors).some(({ labels, namespace }) => {
      if (scoped && namespace !== meta.namespace) return false
      if (runs === undefined) return selectorMatches(selector, labels)
      return namespace === runs.namespace && runs.selectors.some((one) => selectorMatches(one, labels))
    })
  const byPlace = new Map<string, readonly Entrance[]>()
  for (const object of pausing([...view.configuration.gateways.values()].flat())) {
    if (isSelecting(object) || object.servers.every(({ tlsMode }) => tlsMode === 'AUTO_PASSTHROUGH')) continue
    const workload = unlistedGateway(view, cluster, object, scoped)
    const place = `${workload.namespace}/${workload.name} ${JSON.stringify(workload.labels)}`
    if (!byPlace.has(place)) byPlace.set(place, entrancesToUnlisted(view, cluster, workload))
  }
  return [...byPlace.values()].flat()
}

/** Those that have the rarest label of one of the selectors: no others are selected. */
function byLabel(given: readonly Workload[]): (selectors: readonly Labels[]) => readonly Workload[] {
  const found = new Map<string, Workload[]>()
  for (const workload of pausing(given)) {
    for (const [key, value] of Object.entries(workload.labels)) {
      const known = found.get(`${key}=${value}`)
      if (known === undefined) found.set(`${key}=${value}`, [workload])
      else known.push(workload)
    }
  }
  const rarest = (selector: Labels): readonly Workload[] => {
    const lists = Object.entries(selector).map(([key, value]) => found.get(`${key}=${value}`) ?? [])
    return lists.length === 0 ? given : lists.reduce((least, list) => (list.length < least.length ? list : least))
  }
  return (selectors) => (selectors.length === 1 ? rarest(selectors[0] ?? {}) : selectors.flatMap(rarest))
}

function unlistedGateway(view: ControlPlaneView, cluster: Cluster, object: Gateway, scoped: boolean): Workload {
  const { selector, meta } = object
  const because = [view.ref(meta, 'spec.selector')]
  if (object.runs !== undefined) {
    const { namespace, services, selectors } = object.runs
    const [name = meta.name] = services
    return assumedGateway(cluster, view, { namespace, name, labels: selectors[0] ?? {}, because })
  }
  const usual: Partial<ShippedGateway> = shippedGateway(selector) ?? {}
  const { labels = selector, serviceAccount, name = markOf(object) } = usual
  const namespace = scoped ? meta.namespace : (usual.namespace ?? view.controlPlane.systemNamespace)
  const unlisted = { namespace, name, labels, because }
  return assumedGateway(cluster, view, serviceAccount === undefined ? unlisted : { ...unlisted, serviceAccount })
}

/** What people call a gateway by whose labels nothing else is known. */
const markOf = ({ selector, meta }: Gateway): string => selector['istio'] ?? selector['app'] ?? Object.values(selector)[0] ?? meta.name

/** A gateway whose pods are given, and no Service that leads to them. */
export function entrancesWithoutService(snapshot: Snapshot, proxy: Workload): readonly Entrance[] {
  const cluster = snapshot.clusters.get(proxy.cluster)
  const view = cluster && viewOf(snapshot, proxy, cluster)
  if (cluster === undefined || view === undefined) return []
  const name = `\`${proxy.namespace}/${proxy.owner.name}\` of \`${cluster.name}\``
  const because = [proxy.ref]
  if (isAtNode(proxy)) return entrancesAtNode(view, cluster, proxy)
  if (cluster.observed) {
    const message = `no Service leads to gateway ${name}, so that nobody outside of the cluster reaches it`
    return entrancesTo(view, cluster, proxy, {
      addresses: [],
      closed: { reason: 'GATEWAY_UNREACHABLE', message, because },
      because,
      assumptions: [],
    })
  }
  const message = `no Service leads to gateway ${name}; it is taken to be met from outside at the ports of its Gateway objects`
  const assumptions: Assumption[] = [{ code: 'GATEWAY_ADDRESS_ASSUMED', message, because }]
  return entrancesTo(view, cluster, proxy, {
    addresses: [assumedAddress(cluster.name, { namespace: proxy.namespace, name: proxy.owner.name })],
    because,
    assumptions,
  })
}

function entrancesToUnlisted(view: ControlPlaneView, cluster: Cluster, workload: Workload): readonly Entrance[] {
  const gateways = gatewaysSelecting(view, workload)
  const because = gateways.map(({ meta }) => view.ref(meta, 'spec.selector'))
  const closed = nothingRuns(cluster, gateways, because) ?? whyClosed(view, cluster, workload, because)
  return entrancesTo(view, cluster, workload, {
    addresses: [assumedAddress(cluster.name, workload)],
    ...(closed === undefined ? {} : { closed }),
    because,
    assumptions: [taken(view, cluster, workload, because)],
  })
}

/** At the ports of the Gateway objects that select it, and at those by which an installation's Service usually leads there. */
function entrancesTo(
  view: ControlPlaneView,
  cluster: Cluster,
  workload: Workload,
  met: Pick<Entrance, 'addresses' | 'closed' | 'because' | 'assumptions'>,
): readonly Entrance[] {
  const entrance = { ...met, cluster, view, proxy: { workload, alike: [workload], addresses: [] }, service: undefined }
  const numbers = new Set(gatewaysSelecting(view, workload).flatMap(({ servers }) => servers.map(({ port }) => port.number)))
  const isAsShipped = isTakenAsShipped(workload)
  return [...numbers].flatMap((number) => {
    const podPort = isAsShipped ? shippedTarget(number, numbers) : number
    const isOwn = workload.labels[gatewayNameLabel] !== undefined
    const usual = met.assumptions.length === 0 || isOwn ? undefined : shippedPorts[number]
    const also = usual === undefined || numbers.has(usual) ? [] : [{ ...entrance, port: usual, podPort }]
    return [...also, { ...entrance, port: number, podPort }]
  })
}

/** What istiod would run for a Gateway of the Gateway API is among the objects already: where it is not, nobody runs it (GWAPI-8, GWAPI-13). */
function nothingRuns(cluster: Cluster, gateways: readonly Gateway[], because: Said['because']): Said | undefined {
  const [managed] = gateways.filter(({ runs }) => runs?.managed === true)
  if (managed?.runs === undefined) return undefined
  const { namespace, services } = managed.runs
  const name = `\`${namespace}/${services[0]}\``
  const message = `nothing runs for ${titleOf(managed.meta)}: istiod deploys nothing for it, and \`${cluster.name}\` shows no Service ${name} with pods behind it`
  return { reason: 'GATEWAY_NOT_FOUND', message, because }
}

/** In a live cluster whose system namespace is in the document, what is not there does not run. */
function whyClosed(
  { controlPlane }: ControlPlaneView,
  cluster: Cluster,
  { labels, name }: Workload,
  because: Said['because'],
): Said | undefined {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  if (cluster.observed && cluster.workloads(controlPlane.systemNamespace).length > 0) {
    const message = `no pod of cluster \`${cluster.name}\` has the labels that the Gateway selects (\`${wanted.join(',')}\`)`
    return { reason: 'GATEWAY_NOT_FOUND', message, because }
  }
  if (shippedGateway(labels)?.exposed !== false) return undefined
  const message = `\`${name}\`, which the Gateway selects, is usually met inside of the cluster only; give its Service if it is not`
  return { reason: 'GATEWAY_UNREACHABLE', message, because }
}

function taken(view: ControlPlaneView, cluster: Cluster, { namespace, name, labels }: Workload, because: Said['because']): Assumption {
  const marks = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  const message = `no object of \`${cluster.name}\` shows the gateway that is selected (\`${marks.join(',')}\`): \`${namespace}/${name}\` is taken to run, configured by control plane \`${view.controlPlane.name}\`, and to be met from outside`
  return { code: 'GATEWAY_WORKLOAD_ASSUMED', message, because: [...because] }
}
