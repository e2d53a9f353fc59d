import { boundGateways, gatewaysSelecting } from '../istiod/gateways/gateways-selecting.js'
import { hostsOf, routingKind } from '../istiod/gateways/servers-for.js'
import { domainSuffix, qualify } from '../istiod/matching/hosts.js'
import { covers } from '../snapshot/covers.js'
import { entrancesOf } from '../analysis/entrance/entrances-of.js'
import type { Entrance } from '../analysis/entrance/entrance.js'
import { serversBehind } from '../analysis/entrance/taking-entrance.js'
import type { BoundServer } from '../istiod/gateways/merged-servers.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { ClusterResources } from '../resources/cluster-resources.js'
import type { VirtualService } from '../resources/istio/virtual-service.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { changeObject } from '../simulate/change-object.js'
import { putManifests } from '../simulate/put-manifests.js'
import { apiVersion, freeName } from './free-name.js'
import { type Fragment, mergedPart, mergeFragment, type Proposal, type Propose } from './proposal.js'

/**
 * A VirtualService has the host, and is not bound to the Gateway that takes it: the same VirtualService bound to that as well.
 *
 * One that names no gateway is for `mesh`, which it stays. Rules ROUTE-11, VIS-27.
 */
export const bindRoutes: Propose = ({ snapshot, question }) =>
  doorsOf(snapshot, question).flatMap((door) => {
    const taking = door.servers.filter(({ server }) => hostsOf(server).some((host) => covers(host, question.to.host.toLowerCase())))
    const routes = taking.length === 0 ? [] : routesFor(door, question.to.host)
    return taking.flatMap((bound) => routes.flatMap((item) => bindTo(door, item, nameOf(bound))))
  })

/**
 * No Gateway has the host, and a VirtualService does: a Gateway for it beside the one that opens the port, and the VirtualService bound to it.
 *
 * Servers of one port that speak HTTP share it. Rules ROUTE-11, ROUTE-12.
 */
export const openGateway: Propose = ({ snapshot, question }) =>
  doorsOf(snapshot, question).flatMap((door) => {
    const [bound] = door.servers
    return bound === undefined
      ? []
      : routesFor(door, question.to.host).flatMap((item) => openFor(door, bound, item, question.to.host.toLowerCase()))
  })

/** An open entrance, with the servers behind it that speak HTTP without TLS. */
interface Door {
  readonly entrance: Entrance
  readonly cluster: string
  readonly servers: readonly BoundServer[]
}

/** How many are looked at: each proposal costs a trace. */
const most = 2

function doorsOf(snapshot: Snapshot, { from, to: { port } }: ReachabilityQuestion): readonly Door[] {
  if (from.outside !== true) return []
  return entrancesOf(snapshot)
    .flatMap((entrance): readonly Door[] => {
      const cluster = entrance.view.configCluster?.name
      if (cluster === undefined || entrance.closed !== undefined || (port && entrance.port !== port)) return []
      const servers = serversBehind(entrance).filter(
        ({ server, gateway }) => routingKind(server) === 'http' && server.tlsMode === undefined && gateway.meta.origin === undefined,
      )
      return servers.length === 0 ? [] : [{ entrance, cluster, servers }]
    })
    .slice(0, most)
}

const nameOf = ({ gateway: { meta } }: BoundServer): string => `${meta.namespace}/${meta.name}`

/** VirtualServices with the host that no Gateway of this gateway has. */
function routesFor({ entrance: { view, proxy } }: Door, host: string): readonly VirtualService[] {
  const own = new Set(gatewaysSelecting(view, proxy.workload).map(({ meta }) => `${meta.namespace}/${meta.name}`))
  const isFor = ({ hosts, meta }: VirtualService): boolean =>
    hosts.some((one) => one !== '*' && covers(qualify(one, meta.namespace, domainSuffix(view)), host.toLowerCase()))
  const isOpen = ({ gateways, meta }: VirtualService): boolean => !boundGateways(gateways, meta.namespace).some((name) => own.has(name))
  const all = [...view.configuration.virtualServices.values()].flat().filter((item) => item.meta.origin === undefined && isFor(item))
  return [...all.filter(isOpen), ...all.filter((item) => !isOpen(item))].slice(0, 1)
}

/** The list of its gateways with one more. */
function withGateway({ gateways, meta }: VirtualService, name: string): readonly string[] {
  const stated = gateways.length === 0 ? ['mesh'] : gateways
  return boundGateways(stated, meta.namespace).includes(name) ? stated : [...stated, name]
}

function fragmentOf({ entrance: { view } }: Door, { meta }: VirtualService, gateways: readonly string[]): Fragment {
  return {
    apiVersion: apiVersion(view, 'networking'),
    kind: 'VirtualService',
    metadata: { name: meta.name, namespace: meta.namespace },
    spec: { gateways },
  }
}

function bindTo(door: Door, item: VirtualService, name: string): readonly Proposal[] {
  const gateways = withGateway(item, name)
  if (gateways === item.gateways) return []
  const summary = `bind VirtualService \`${item.meta.namespace}/${item.meta.name}\` to Gateway \`${name}\``
  return [
    mergeFragment(summary, door.cluster, fragmentOf(door, item, gateways), (resources) =>
      changeObject(resources, 'virtualServices', item, (object) => ({ ...object, gateways })),
    ),
  ]
}

function openFor(door: Door, { gateway, server }: BoundServer, item: VirtualService, host: string): readonly Proposal[] {
  const { view } = door.entrance
  const { namespace } = gateway.meta
  const name = freeName(`open-${host}`, view.configuration.gateways.get(namespace) ?? [])
  const opened = {
    apiVersion: apiVersion(view, 'networking'),
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: { selector: gateway.selector, servers: [{ port: { ...server.port }, hosts: [host] }] },
  }
  const gateways = withGateway(item, `${namespace}/${name}`)
  const summary = `open \`${host}\` at the gateway: a new Gateway \`${namespace}/${name}\`, and VirtualService \`${item.meta.namespace}/${item.meta.name}\` bound to it`
  const edit = (resources: ClusterResources): ClusterResources =>
    putManifests(
      changeObject(resources, 'virtualServices', item, (object) => ({ ...object, gateways })),
      [opened],
    )
  const bound = fragmentOf(door, item, gateways)
  return [
    {
      summary,
      parts: [{ cluster: door.cluster, manifests: [opened] }, mergedPart(door.cluster, bound)],
      change: { clusters: new Map([[door.cluster, edit]]) },
    },
  ]
}
