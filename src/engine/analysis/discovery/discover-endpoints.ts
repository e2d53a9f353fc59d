/**
 * Which endpoints does the client's proxy hold for the upstream cluster that its route chose?
 *
 * What the control plane does not read it cannot hand out, so an empty answer says where endpoints stand that it never sees.
 * Rules EDS-1, EDS-2, EDS-26 … EDS-28, NET-45, FLOW-4, AMB-17.
 */
import type { Assumption } from '../../model/step.js'
import type { UntoldStep } from '../call/untold-step.js'
import { crossesNetworksInAmbient } from '../../snapshot/flags.js'
import type { Client } from '../call/call.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

import { readsScopes } from '../../istiod/ambient/reads-scopes.js'
import { serviceScope } from '../../istiod/ambient/service-scope.js'
import { droppedAsUnready, filterEndpoints, type Filtered } from './filter-endpoints.js'
import { translateAll } from '../network/translate-network.js'
import { endpointsOfCluster, mismatchedEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import type { Discovery } from './discovery.js'
import { discoverByZtunnel } from './discover-by-ztunnel.js'
import { explainNoEndpoints } from './explain-no-endpoints.js'
import type { Dialled } from './meet-service.js'
import { keepsOriginalAddress, originalEndpoints } from './original-endpoints.js'
import { outsideEndpoint } from './outside-endpoint.js'
import { endedWith, lookingAt, type Outcome, passedWith, stepOf, stop, undetermined } from '../call/outcome.js'
import { nodeLooks, noLooks } from '../call/look.js'
import { isWildcard } from '../../snapshot/covers.js'
import { resolvesAtSidecars } from '../../snapshot/releases.js'
import { dialsMadeUp, tellMadeUp } from '../packets/dials-made-up.js'
import { type Dropped, type RouteTarget, routeTarget } from '../call/stage-values.js'
import { listSome } from '../answer/list-some.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { areNodesUnknown, tellNodesUnknown } from './nodes-unknown.js'
import { synthesisedAssumptions } from './synthesised-assumptions.js'
import { unseenEndpoints } from './unseen-endpoints.js'

const namedAs = (name: string): string => (name === '' ? 'has no name' : `is named \`${name}\``)

const mismatch = (endpoint: Endpoint, target: RouteTarget): Dropped => ({
  endpoint,
  reason: 'PORT_MISMATCH',
  message: `the endpoint's port ${namedAs(endpoint.portName)}, the service's port ${target.port.number} ${namedAs(target.port.name)}`,
  because: [target.service.ref, ...endpoint.because],
})

/** The endpoints of one route target that its client may use, healthy ones only, with a reason for every other. */
export function discoverEndpoints(client: Client, dialled: Dialled, target: RouteTarget): Discovery {
  const { view } = client
  if (view === undefined) return withoutView(target)
  if (client.workload.dataPlane === 'AMBIENT') return discoverByZtunnel(client, view, target)
  if (resolvesAsCalled(client, view, target)) return resolvedAsCalled(client, dialled, target)
  if (keepsOriginalAddress(client, target) && dialsMadeUp(client, dialled.named)) return nobodyDialled(dialled, target)
  return discoverByProxy(client, view, dialled, target)
}

/** A sidecar learns the name from a request or from TLS, a waypoint as its routes say (AMB-17, EDS-17). */
function resolvesAsCalled({ workload }: Client, { controlPlane }: ControlPlaneView, { service, port }: RouteTarget): boolean {
  if (service.resolution !== 'DYNAMIC_DNS') return false
  if (workload.dataPlane === 'WAYPOINT') return true
  const isLearnt = (port.protocol === 'HTTP' || port.protocol === 'TLS') && port.keepsNames !== true
  return workload.dataPlane === 'SIDECAR' && isWildcard(service.hostname) && isLearnt && resolvesAtSidecars(controlPlane)
}

/** The name itself, as it is called: the proxy resolves it (AMB-17, EDS-17). */
function resolvedAsCalled({ workload }: Client, { named }: Dialled, { service, port }: RouteTarget): Discovery {
  const endpoint = outsideEndpoint(named.hostname, port.number, service.ref)
  const who = workload.dataPlane === 'WAYPOINT' ? 'the waypoint' : 'the client’s proxy'
  const message = `${who} resolves \`${named.hostname}\` by itself, as \`${service.hostname}\` asks for`
  const step = stepOf('DISCOVERY', 'PASSED', { reason: 'ENDPOINTS_FOUND', message, because: [service.ref] })
  return { outcome: passedWith(step, { endpoints: [endpoint], unready: [], dropped: [] }, [], []), dropped: [] }
}

function discoverByProxy(client: Client, view: ControlPlaneView, dialled: Dialled, target: RouteTarget): Discovery {
  const mismatched = mismatchedEndpoints(view, target.service, target.port).map((endpoint) => mismatch(endpoint, target))
  const held = endpointsOfCluster(view, target.service, target.port)
  const open = whyScopeUnknown(client, view, target, held)
  if (open !== undefined) return { outcome: undetermined('DISCOVERY', open, [target.service.ref]), dropped: [] }
  const original = keepsOriginalAddress(client, target)
  const filtered = filterEndpoints({ client, view, target: original ? routeTarget({ ...target, subset: '' }) : target }, held)
  const chosen = original ? originalEndpoints(client, dialled, target, filtered.left) : { left: filtered.left, dropped: [] }
  const endpoints = chosen.left
  const unready = original || !mayLead(view, client, target, filtered) ? [] : filtered.unready
  const away = unready.length > 0 ? [] : filtered.unready.map(droppedAsUnready)
  const dropped = [...filtered.dropped, ...away, ...chosen.dropped, ...mismatched]
  const assumptions = assumptionsOf(view, target, held)
  const looks = keepsOnNode(target) ? nodeLooks : noLooks
  if (nodeDecides(client, target, endpoints)) return { outcome: lookingAt(nodeUnknown(client, target, assumptions), looks), dropped }
  if (endpoints.length + unready.length === 0) {
    const step = explainNoEndpoints(view, client, target, dropped)
    return { outcome: endedWith(step, step.outcome === 'STOPPED' ? 'STOPPED' : 'UNDETERMINED', assumptions, looks), dropped }
  }
  const step = foundStep(client, target, endpoints.length > 0 ? endpoints : unready)
  return { outcome: passedWith(step, { endpoints, unready, dropped }, [], assumptions, looks), dropped }
}

/** The proxy keeps the address that the application dials, and nobody has it. */
function nobodyDialled({ named }: Dialled, { service, rule }: RouteTarget): Discovery {
  const because = [service.ref, ...(rule?.because ?? [])]
  return { outcome: stop('DISCOVERY', { reason: 'NOT_LISTENING', message: tellMadeUp(named), because }), dropped: [] }
}

/** Nobody knows whether the service is one across clusters, and other clusters have endpoints of it. */
function whyScopeUnknown(
  { cluster }: Client,
  view: ControlPlaneView,
  { service }: RouteTarget,
  held: readonly Endpoint[],
): string | undefined {
  if (!readsScopes(view) || held.every((endpoint) => endpoint.cluster === cluster.name)) return undefined
  return serviceScope(view, service).open
}

/** Do endpoints that are not ready change anything: beside ready ones they may, alone only through a gateway, which nobody tells of them (EDS-9). */
const mayLead = (view: ControlPlaneView, { workload }: Client, target: RouteTarget, { left, unready }: Filtered): boolean =>
  unready.length > 0 && (left.length > 0 || translateAll(view, workload, target, [], unready).outcome.passed)

const keepsOnNode = ({ service }: RouteTarget): boolean => service.definitions[0]?.service.internalTrafficPolicyLocal === true

const nodeDecides = (client: Client, target: RouteTarget, endpoints: readonly Endpoint[]): boolean =>
  keepsOnNode(target) && areNodesUnknown(client, endpoints)

function nodeUnknown(client: Client, { service }: RouteTarget, assumptions: readonly Assumption[]): Outcome<never> {
  return undetermined('DISCOVERY', tellNodesUnknown(client, service.hostname), [service.ref], assumptions)
}

function withoutView(target: RouteTarget): Discovery {
  const message = `it is not known which control plane hands out the endpoints of \`${target.service.hostname}\``
  return { outcome: undetermined('DISCOVERY', message, [target.service.ref]), dropped: [] }
}

function foundStep(client: Client, target: RouteTarget, endpoints: readonly Endpoint[]): UntoldStep {
  const clusters = [...new Set(endpoints.map(({ cluster }) => cluster))]
  const named = clusters.filter((cluster) => cluster !== '')
  const where =
    clusters.length === 1 && clusters[0] === client.cluster.name
      ? ' in its own cluster'
      : named.length === 0
        ? ''
        : ` in ${listSome(named)}`
  const many = endpoints.length === 1 ? '1 endpoint' : `${endpoints.length} endpoints`
  const message = `the proxy is given ${many} of \`${target.service.hostname}:${target.port.number}\`${where}`
  return stepOf('DISCOVERY', 'PASSED', { reason: 'ENDPOINTS_FOUND', message, because: [target.service.ref] })
}

function assumptionsOf(view: ControlPlaneView, target: RouteTarget, held: readonly Endpoint[]): readonly Assumption[] {
  const assumptions: Assumption[] = [...synthesisedAssumptions(target.service, held)]
  if (!view.clustersKnown) {
    const unseen = unseenEndpoints(view, target)
    if (unseen.length > 0) {
      const clusters = unseen.map(({ cluster }) => cluster).join('`, `')
      const message = `the remote secrets of control plane \`${view.controlPlane.name}\` are not given; endpoints in \`${clusters}\` are not counted`
      assumptions.push({ code: 'REMOTE_SECRETS_UNKNOWN', message, because: [view.controlPlane.ref] })
    }
  }
  const scopes = readsScopes(view) ? serviceScope(view, target.service).assumptions : []
  return [...assumptions, ...scopes, ...leftOut(target), ...notModelled(view, target)]
}

/** Endpoints of a Service exported to nobody are skipped where istiod handles it before its slices, as it nearly always does (VIS-2). */
function leftOut({ service }: RouteTarget): readonly Assumption[] {
  if (!service.definitions.some((one) => one.service.exportTo?.includes('~') === true)) return []
  const message = `\`${service.hostname}\` is exported to nobody: its control plane is taken to have left out its endpoints, which depends on the order of events`
  return [{ code: 'UNEXPORTED_ENDPOINTS_LEFT_OUT', message, because: [service.ref] }]
}

/** The scope of services in ambient mode changes who is given which endpoint, which is not followed before 1.28 (NET-45). */
function notModelled(view: ControlPlaneView, { service }: RouteTarget): readonly Assumption[] {
  const { controlPlane } = view
  if (!crossesNetworksInAmbient(controlPlane) || readsScopes(view)) return []
  const message = `control plane \`${controlPlane.name}\` runs with \`AMBIENT_ENABLE_MULTI_NETWORK\`; endpoints of \`${service.hostname}\` in other clusters are taken to be offered`
  return [{ code: 'FLAG_NOT_MODELLED', message, because: [controlPlane.ref] }]
}
