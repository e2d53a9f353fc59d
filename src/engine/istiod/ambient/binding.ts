/**
 * Which waypoint stands in front of a service, or of a workload that is dialled by its own address?
 *
 * The object's own label decides, else its namespace's; a label that leads nowhere is not made good by the namespace's. Waypoints and gateways between
 * networks have none in front of them. Rules AMB-40, AMB-41, AMB-42, AMB-45, AMB-46.
 */
import { remembered } from '../../remembered.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Labels } from '../../resources/meta.js'
import { sharesOutWaypoints } from '../../snapshot/releases.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { canaryIn, namedIn, type NamedWaypoint, waypointOf } from './named-waypoint.js'
import { findWaypoint, type Subject, type Waypoint, whyUnbound } from './waypoint.js'

export interface WaypointShare {
  readonly waypoint: Waypoint
  /** Of the calls, 0 … 1. */
  readonly share: number
}

export interface Binding {
  /** One, or two where a canary gets a part; empty: calls go straight to the servers. */
  readonly bound: readonly WaypointShare[]
  /** Why a waypoint that a label names is passed by. */
  readonly unbound: string | undefined
  /** The object or namespace that names it. */
  readonly because: readonly ResourceRef[]
}

interface Labelled {
  readonly namespace: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly ref: ResourceRef
}

export const nothingBound: Binding = { bound: [], unbound: undefined, because: [] }

const managedKey = 'gateway.istio.io/managed'
const apart = new Set(['istio.io-mesh-controller', 'istio.io-eastwest-controller'])
const apartClasses = new Set(['istio-waypoint', 'istio-east-west'])

/** Is it a waypoint's, or a gateway's between networks (AMB-45)? */
const standsApart = ({ resources }: Cluster, { namespace, labels }: Labelled, name: string): boolean =>
  apart.has(labels[managedKey] ?? '') ||
  resources.kubernetesGateways.get(namespace)?.some(({ meta, className }) => meta.name === name && apartClasses.has(className)) === true

/** Undefined: it does not take the object. */
const bind = (cluster: Cluster, named: NamedWaypoint, subject: Subject, home: string): Waypoint | undefined => {
  const gateway = findWaypoint(cluster, named)
  return gateway === undefined || whyUnbound(cluster, named, subject, home) !== undefined ? undefined : { cluster, gateway }
}

const weightKey = 'istio.io/use-waypoint-canary-weight'

/** Per cent of the calls; undefined: the number is none, and the canary is left out. */
const weightOf = (annotations: Labels | undefined): number | undefined => {
  const text = annotations?.[weightKey] ?? '0'
  return /^\d{1,3}$/u.test(text) && Number(text) <= 100 ? Number(text) : undefined
}

/** The canary of the object itself, else of its namespace where that names the primary too (AMB-46). */
function canaryOf(cluster: Cluster, object: Labelled) {
  const own = canaryIn(object.labels, object.namespace)
  if (own !== undefined) return { named: own, weight: weightOf(object.annotations) }
  if (namedIn(object.labels, object.namespace) !== undefined) return undefined
  const home = cluster.resources.namespaces.get(object.namespace)?.meta
  const named = canaryIn(home?.labels, object.namespace)
  return named === undefined ? undefined : { named, weight: weightOf(home?.annotations) }
}

function sharesOf(
  view: ControlPlaneView,
  cluster: Cluster,
  subject: Subject,
  object: Labelled,
  primary: Waypoint,
): readonly WaypointShare[] {
  const whole = [{ waypoint: primary, share: 1 }]
  const canary = sharesOutWaypoints(view.controlPlane) ? canaryOf(cluster, object) : undefined
  if (canary?.weight === undefined || canary.weight === 0) return whole
  const second = bind(cluster, canary.named, subject, object.namespace)
  if (second === undefined || second.gateway === primary.gateway) return whole
  const share = canary.weight / 100
  return [...(share === 1 ? [] : [{ waypoint: primary, share: 1 - share }]), { waypoint: second, share }]
}

function bindingOf(view: ControlPlaneView, subject: Subject, object: Labelled): Binding {
  const cluster = view.configCluster
  const named = cluster === undefined ? undefined : waypointOf(cluster, object)
  if (cluster === undefined || named === undefined) return nothingBound
  const isOwn = namedIn(object.labels, object.namespace) !== undefined
  const home = cluster.resources.namespaces.get(object.namespace)?.meta
  const because = isOwn || home === undefined ? [object.ref] : [cluster.ref(home, 'metadata.labels')]
  const primary = bind(cluster, named, subject, object.namespace)
  if (primary !== undefined) return { bound: sharesOf(view, cluster, subject, object, primary), unbound: undefined, because }
  // A namespace speaks of both, and a waypoint need not take both.
  const gateway = findWaypoint(cluster, named)
  const why = whyUnbound(cluster, named, subject, object.namespace)
  return { bound: [], unbound: why, because: gateway === undefined ? because : [...because, cluster.ref(gateway.meta)] }
}

/** For calls to the service by its address. */
export const serviceBinding = remembered((view: ControlPlaneView, service: MeshService): Binding => {
  const meta = service.entry?.meta ?? service.definitions.find(({ cluster }) => cluster === view.configCluster?.name)?.service.meta
  const cluster = view.configCluster
  if (meta === undefined || cluster === undefined) return nothingBound
  const { namespace, labels, annotations, name } = meta
  const object = { namespace, labels, annotations, ref: service.ref }
  return standsApart(cluster, object, name) ? nothingBound : bindingOf(view, 'SERVICE', object)
})

/** For calls to a workload by its own address. */
export function workloadBinding(view: ControlPlaneView, workload: Workload): Binding {
  if (workload.dataPlane === 'WAYPOINT' || workload.dataPlane === 'GATEWAY') return nothingBound
  return bindingOf(view, 'WORKLOAD', workload)
}
