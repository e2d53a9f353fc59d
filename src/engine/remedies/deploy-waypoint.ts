import { selectedPolicies } from '../analysis/authorization/selected-policies.js'
import type { RouteTarget } from '../analysis/call/stage-values.js'
import { findWaypoint, waypointClass } from '../istiod/ambient/waypoint.js'
import type { Meta } from '../resources/meta.js'
import { waypointOf, type NamedWaypoint } from '../snapshot/named-waypoint.js'
import { gatewayNameLabel } from '../snapshot/networks/hands-on.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { chosenTargets } from './chosen-targets.js'
import { type ConfigView, configViewOf } from './config-view.js'
import { apiVersion, freeName } from './free-name.js'
import { principalOf } from './principal-of.js'
import { addObjects, type Proposal, type Propose } from './proposal.js'
import { requestAsked } from './request-asked.js'
import { type AskedRequest, rulesForCaller, type WrittenRule } from './rules-for-caller.js'
import { podsRunning } from './pods-running.js'
import { selectorOf } from './selector-of.js'
import { serversOf } from './servers-of.js'
import { failedFor, type Situation } from './situation.js'
import { tellIdle } from './told/tell-idle.js'
import { tellNamedCallers } from './told/named-callers.js'
import { tellStays } from './told/stays.js'

/**
 * Rules that look at requests are left out by ztunnel, and the waypoint that labels name is not there: the waypoint, the rule where it is heeded, and a way from
 * the waypoint to the pods.
 *
 * All three, since pods see the waypoint for their client as soon as there is one, and a waypoint without a policy lets everybody through. Rules AMB-24, AMB-28,
 * AMB-40, AMB-42, AMB-52.
 */
export const deployWaypoint: Propose = (situation) => {
  const [server] = serversOf(situation.snapshot, failedFor(situation, 'DENIED'))
  const [target] = chosenTargets(situation)
  const principals = [...new Set(situation.clients.flatMap(principalOf))]
  if (server === undefined || target === undefined || principals.length === 0) return []
  const [rule] = rulesAtWaypoint(situation, server, { principals, ports: [`${target.port.number}`] })
  if (rule === undefined) return []
  const place = configViewOf(situation.snapshot, server.cluster)
  const called = place === undefined ? undefined : calledIn(place, target)
  return place === undefined || called === undefined ? [] : [deploying(situation, { place, server, rule, ...called })]
}

/** A waypoint sees the Service's own port, and the pods theirs (AMB-52, AMB-28). */
function rulesAtWaypoint(
  situation: Situation,
  server: Workload,
  asked: Pick<AskedRequest, 'principals' | 'ports'>,
): readonly WrittenRule[] {
  const plane = server.controlPlane
  const request = requestAsked(situation, true)
  if (server.dataPlane !== 'AMBIENT' || plane === undefined || request === undefined) return []
  return rulesForCaller(selectedPolicies(situation.snapshot.view(plane), server).allow, { ...request, ...asked }, 1)
}

interface Called {
  readonly service: Meta
  readonly waypoint: NamedWaypoint
}

/** The Service, where it asks for a waypoint of its namespace that is not there. */
function calledIn({ view, cluster }: ConfigView, { service }: RouteTarget): Called | undefined {
  const home = view.snapshot.clusters.get(cluster)
  const meta = service.definitions.find((one) => one.cluster === cluster)?.service.meta
  if (meta === undefined || home === undefined) return undefined
  const waypoint = waypointOf(home, meta)
  const isMissing = waypoint !== undefined && waypoint.namespace === meta.namespace && findWaypoint(home, waypoint) === undefined
  return isMissing ? { service: meta, waypoint } : undefined
}

interface Wanted extends Called {
  readonly place: ConfigView
  readonly server: Workload
  readonly rule: WrittenRule
}

/** Its own label, or else its namespace's (AMB-40). */
const whoNames = ({ namespace, name, labels }: Meta): string =>
  labels[waypointKey] === undefined
    ? `the label \`${waypointKey}\` of namespace \`${namespace}\``
    : `the label \`${waypointKey}\` of Service \`${namespace}/${name}\``

const isOfNamespace = ({ labels }: Meta): boolean => labels[waypointKey] === undefined

const waypointKey = 'istio.io/use-waypoint'

function deploying({ snapshot, failing }: Situation, { place: { view, cluster }, server, rule, service, waypoint }: Wanted): Proposal {
  const { namespace, name } = waypoint
  const taken = [...(view.configuration.authorizationPolicies.get(namespace) ?? [])]
  const policy = (wanted: string, spec: object): object => ({
    apiVersion: apiVersion(view, 'security'),
    kind: 'AuthorizationPolicy',
    metadata: { name: freeName(wanted, taken), namespace },
    spec: { ...spec, action: 'ALLOW' },
  })
  const ports = failing.flatMap(({ port }) => port ?? []).map(String)
  const account = `${view.controlPlane.meshConfig.trustDomain}/ns/${namespace}/sa/${name}`
  const home = snapshot.clusters.get(cluster)
  const running = home === undefined ? [] : waypointPods(home, waypoint)
  const listeners = [{ name: 'mesh', port: 15008, protocol: 'HBONE' }]
  const summary = tellDeployed(snapshot, { place: { view, cluster }, server, service, waypoint }, account)
  const manifests = [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name, namespace, labels: { 'istio.io/waypoint-for': 'service' } },
      spec: { gatewayClassName: waypointClass, listeners },
    },
    policy(`${service.name}-at-${name}`, { targetRefs: [{ group: '', kind: 'Service', name: service.name }], rules: [rule] }),
    policy(`allow-${name}-to-${server.owner.name}`, {
      selector: { matchLabels: selectorOf(snapshot, server) },
      rules: [{ from: [{ source: { principals: [account] } }], to: [{ operation: { ports: [...new Set(ports)] } }] }],
    }),
  ]
  return addObjects(summary, cluster, manifests, running)
}

/** What it takes, and what else becomes of calls there. */
function tellDeployed(
  snapshot: Snapshot,
  { place: { view, cluster }, server, service, waypoint }: Omit<Wanted, 'rule'>,
  account: string,
): string {
  const { namespace, name } = waypoint
  const { allow } = selectedPolicies(view, server)
  const home = snapshot.clusters.get(cluster)
  return [
    `deploy waypoint \`${namespace}/${name}\`, to which ${whoNames(service)} points already, allow the request there, and let the waypoint call \`${server.namespace}/${server.owner.name}\``,
    'the CRDs of the Gateway API have to be there, as `kubectl get crd gateways.gateway.networking.k8s.io` shows',
    `istiod then starts Deployment \`${name}\` with a service account of that name in namespace \`${namespace}\``,
    tellStays(allow.map(({ meta }) => `${meta.namespace}/${meta.name}`)),
    ...tellIdle(view, server, allow),
    ...(isOfNamespace(service) ? [`what is sent to every other service of namespace \`${namespace}\` then passes the waypoint too`] : []),
    ...(isOfNamespace(service) && home !== undefined ? [tellNamedCallers(snapshot, { home, server, namespace, account })] : []),
  ].join('; ')
}

/** As istiod deploys it (GWAPI-11). */
const waypointPods = (cluster: Cluster, { namespace, name }: NamedWaypoint): readonly object[] =>
  podsRunning(
    cluster,
    { namespace, name },
    {
      metadata: { labels: { [gatewayNameLabel]: name, 'gateway.istio.io/managed': 'istio.io-mesh-controller' } },
      spec: { serviceAccountName: name, containers: [{ name: 'istio-proxy', image: 'auto' }] },
    },
  )
