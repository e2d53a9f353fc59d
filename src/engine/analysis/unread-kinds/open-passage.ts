import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { Client } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { NetworkPath, RouteTarget } from '../call/stage-values.js'
import { type Asked, findMissing, hasUnread, type Missing } from './asked.js'
import { missingBehind } from './open-discovery.js'
import { leaveOpen } from './leave-open.js'
import { rulesAskedFor } from './rules-asked-for.js'

type AtNetwork = readonly Asked<'NETWORK'>[]

const running = ['pods', 'podControllers'] as const

/** Gateways of networks are Services anywhere in the clusters that are read, at addresses of nodes too; Gateways of Kubernetes are alike (NET-6, NET-7). */
const gatewaysAnywhere = (view: ControlPlaneView): AtNetwork =>
  view.clusters.map((cluster) => ({ cluster, kinds: ['services', 'kubernetesGateways', 'nodes'] }))

/** All of a target's endpoints were dropped on the way from network to network. */
export const openTranslation = <T>(
  { view, workload, snapshot }: Client,
  target: RouteTarget | undefined,
  outcome: Outcome<T>,
): Outcome<T> => {
  if (outcome.passed || view === undefined || target === undefined || !hasUnread(snapshot)) return outcome
  const { service } = target
  const namespaces = [service.namespace, view.controlPlane.meshConfig.rootNamespace]
  const modes: AtNetwork =
    outcome.step.reason === 'NOT_MTLS'
      ? [{ cluster: view.configCluster, kinds: ['peerAuthentications'], namespaces }, ...rulesAskedFor(view, workload.namespace, target)]
      : gatewaysAnywhere(view)
  return leaveOpen(outcome, findMissing(modes))
}

/** A path on its way: which network the other cluster is on, the gateways in between and what stands behind them, or who has an address. */
export const openPassage = (
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  outcome: Outcome<readonly NetworkPath[]>,
): Outcome<readonly NetworkPath[]> => {
  if (!hasUnread(client.snapshot)) return outcome
  const view = client.view
  const crosses = path.passage !== undefined || outcome.step.reason === 'CROSS_NETWORK_WITHOUT_GATEWAY'
  const missing = [
    ...findMissing(ofNetworks(client, path)),
    ...(crosses && view !== undefined ? findMissing(gatewaysAnywhere(view)) : []),
    ...(path.passage === undefined ? findMissing(ofAddress(client, path, outcome)) : atGateway(client, target, path, outcome)),
  ]
  return leaveOpen(outcome, missing)
}

/** A cluster whose network nobody states has that of a label on its system namespace (NET-2). */
function ofNetworks({ snapshot, cluster: own }: Client, { endpoint }: NetworkPath): AtNetwork {
  if (endpoint.cluster === '' || endpoint.cluster === own.name) return []
  return [own, snapshot.clusters.get(endpoint.cluster)].flatMap((cluster) =>
    cluster === undefined || cluster.network.value !== undefined ? [] : [{ cluster, kinds: ['namespaces'] as const }],
  )
}

/** An address of which nothing says whose it is may be that of a pod or of a Service. */
function ofAddress({ snapshot }: Client, { server, dialled }: NetworkPath, outcome: Outcome<readonly NetworkPath[]>): AtNetwork {
  const found = server ?? (outcome.passed ? outcome.value.find((path) => path.server !== undefined) : undefined)
  if (found !== undefined || ipFamily(dialled.address) === undefined) return []
  return [...snapshot.clusters.values()].map((cluster) => ({ cluster, kinds: ['services', 'pods'] as const }))
}

/** Whose pods they are, what they listen for, and what their own control plane knows of the service. */
function atGateway(
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  outcome: Outcome<readonly NetworkPath[]>,
): readonly Missing[] {
  const proxy = proxyIn(outcome)
  const view = proxy?.controlPlane === undefined ? client.view : client.snapshot.view(proxy.controlPlane)
  const known = view === undefined || target === undefined ? [] : knownThere(view, target, client.cluster, proxy)
  const routes: AtNetwork = [{ cluster: view?.configCluster, kinds: ['gateways', 'virtualServices'] }]
  return [...findMissing([...(proxy === undefined ? podsBehind(client, path) : []), ...routes]), ...known]
}

const proxyIn = (outcome: Outcome<readonly NetworkPath[]>): Workload | undefined =>
  outcome.passed ? outcome.value.flatMap(({ passage }) => passage?.proxy ?? [])[0] : undefined

function podsBehind({ snapshot }: Client, { passage }: NetworkPath): AtNetwork {
  const service = passage?.gateway.service
  return service === undefined ? [] : [{ cluster: snapshot.clusters.get(service.cluster), kinds: running, namespaces: [service.namespace] }]
}

/** The subset that the server name asks for, and the endpoints that the gateway hands on to. */
function knownThere(view: ControlPlaneView, target: RouteTarget, own: Cluster, proxy: Workload | undefined): readonly Missing[] {
  const rules = target.subset === '' ? [] : rulesAskedFor(view, proxy?.namespace ?? '', target)
  return [...findMissing(rules), ...missingBehind(view, view.snapshot.clusters.get(proxy?.cluster ?? '') ?? own, target)]
}
