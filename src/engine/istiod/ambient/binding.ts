/**
 * Which waypoint stands in front of a service, or of a workload that is dialled by its own address?
 *
 * The object's own label decides, else its namespace's; a label that leads nowhere is not made good by the namespace's. Waypoints and gateways between
 * networks have none in front of them. Rules AMB-40, AMB-41, AMB-42, AMB-45, AMB-46, AMB-18, AMB-63.
 */
import { remembered } from '../../remembered.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { Labels } from '../../resources/meta.js'
import { canaryIn, namedIn, waypointLabel, waypointOf } from '../../snapshot/named-waypoint.js'
import { sharesOutWaypoints } from '../../snapshot/releases.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { isMachine, type Workload } from '../../snapshot/workloads/workload.js'
import { entryVisibility } from './entry-visibility.js'
import { serviceScope } from './service-scope.js'
import { spansNetworks } from './spans-networks.js'
import { judgeBinding, judgeWaypoint, type Subject, type Waypoint } from './waypoint.js'

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
  /** Why nobody knows which stand in front, or whether any does; `bound` and `unbound` say nothing then. */
  readonly open: string | undefined
  /** The object or namespace that names it. */
  readonly because: readonly ResourceRef[]
}

interface Labelled {
  readonly namespace: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly ref: ResourceRef
}

export const nothingBound: Binding = { bound: [], unbound: undefined, open: undefined, because: [] }

const managedKey = 'gateway.istio.io/managed'
const apart = new Set(['istio.io-mesh-controller', 'istio.io-eastwest-controller'])
const apartClasses = new Set(['istio-waypoint', 'istio-east-west'])

/** Is it a waypoint's, or a gateway's between networks (AMB-45)? */
const standsApart = ({ resources }: Cluster, { namespace, labels }: Labelled, name: string): boolean =>
  apart.has(labels[managedKey] ?? '') ||
  resources.kubernetesGateways.get(namespace)?.some(({ meta, className }) => meta.name === name && apartClasses.has(className)) === true

const weightKey = 'istio.io/use-waypoint-canary-weight'

/** Per cent of the calls; undefined: the number is none, and the canary is left out. */
function weightIn(levels: readonly (Labels | undefined)[]): number | undefined {
  const text = levels.find((one) => one?.[weightKey] !== undefined)?.[weightKey] ?? '0'
  return /^\d{1,3}$/u.test(text) && Number(text) <= 100 ? Number(text) : undefined
}

/** The canary, by name and by weight of the object itself, else of its namespace where that names the primary too (AMB-46). */
function canaryOf({ resources }: Cluster, { namespace, labels, annotations }: Labelled) {
  const home = namedIn(labels, namespace) === undefined ? resources.namespaces.get(namespace)?.meta : undefined
  const named = canaryIn([labels, home?.labels], namespace)
  return named === undefined ? undefined : { named, weight: weightIn([annotations, home?.annotations]) }
}

/** Of the primary, and of a canary that takes a part. */
function sharesOf(
  view: ControlPlaneView,
  cluster: Cluster,
  subject: Subject,
  object: Labelled,
  primary: Waypoint,
): Pick<Binding, 'bound' | 'open'> {
  const whole = { bound: [{ waypoint: primary, share: 1 }], open: undefined }
  const canary = subject === 'SERVICE' && sharesOutWaypoints(view.controlPlane) ? canaryOf(cluster, object) : undefined
  if (canary?.weight === undefined || canary.weight === 0) return whole
  const { gateway, passedBy, open } = judgeBinding(cluster, canary.named, subject, object.namespace)
  if (open !== undefined) return { bound: [], open }
  if (gateway === undefined || passedBy !== undefined || gateway === primary.gateway) return whole
  const share = canary.weight / 100
  const bound = [...(share === 1 ? [] : [{ waypoint: primary, share: 1 - share }]), { waypoint: { cluster, gateway }, share }]
  return { bound, open: undefined }
}

/** Labels of a namespace that nobody gives could name any waypoint that takes its objects. */
const mayBeNamed = remembered((cluster: Cluster, subject: Subject, namespace: string): readonly KubernetesGateway[] => {
  const { namespaces, kubernetesGateways } = cluster.resources
  const gateways = namespaces.has(namespace) ? [] : [...kubernetesGateways.values()].flat()
  return gateways.filter((gateway) => judgeWaypoint(cluster, gateway, subject, namespace).passedBy === undefined)
})

function openByNamespace(cluster: Cluster, subject: Subject, { namespace, labels, ref }: Labelled): Binding {
  const [found] = namedIn(labels, namespace) === undefined ? mayBeNamed(cluster, subject, namespace) : []
  if (found === undefined) return nothingBound
  const { meta } = found
  const open = `labels of namespace \`${namespace}\` may name waypoint \`${meta.namespace}/${meta.name}\`, and its Namespace object is not given`
  return { ...nothingBound, open, because: [ref, cluster.ref(meta)] }
}

function bindingOf(view: ControlPlaneView, cluster: Cluster, subject: Subject, object: Labelled): Binding {
  const named = waypointOf(cluster, object)
  if (named === undefined) return openByNamespace(cluster, subject, object)
  const isOwn = namedIn(object.labels, object.namespace) !== undefined
  const home = cluster.resources.namespaces.get(object.namespace)?.meta
  const because = isOwn || home === undefined ? [object.ref] : [cluster.ref(home, `metadata.labels["${waypointLabel}"]`)]
  const { gateway, passedBy: unbound, open } = judgeBinding(cluster, named, subject, object.namespace)
  if (gateway !== undefined && unbound === undefined && open === undefined) {
    const shares = sharesOf(view, cluster, subject, object, { cluster, gateway })
    return { bound: shares.bound, unbound, open: shares.open, because }
  }
  // A namespace speaks of both, and a waypoint need not take both.
  return { bound: [], unbound, open, because: gateway === undefined ? because : [...because, cluster.ref(gateway.meta)] }
}

/** The object that counts for ztunnels: the config cluster's, else where ambient mode spans networks the first other one that is `GLOBAL` (AMB-63, AMB-69). */
function definitionOf(view: ControlPlaneView, service: MeshService) {
  const { configCluster } = view
  const own = service.entry?.meta ?? service.definitions.find(({ cluster }) => cluster === configCluster?.name)?.service.meta
  if (own !== undefined || spansNetworks(view) !== 'ON') return { meta: own, cluster: configCluster }
  const { others } = serviceScope(view, service)
  const first = service.definitions.find(({ cluster }) => others.has(cluster))
  return first && { meta: first.service.meta, cluster: view.snapshot.clusters.get(first.cluster) }
}

/** An entry that its own namespace alone sees is bound to no waypoint of another (AMB-18). */
function ofOwnNamespace(binding: Binding, namespace: string): Binding {
  const [first] = binding.bound
  const home = first?.waypoint.gateway.meta.namespace
  if (first === undefined || home === namespace) return binding
  const unbound = `waypoint \`${home}/${first.waypoint.gateway.meta.name}\` is of another namespace than the ServiceEntry, which its own alone sees (\`serviceEntryVisibility\`)`
  return { ...binding, bound: [], unbound }
}

/** For calls to the service by its address. */
export const serviceBinding = remembered((view: ControlPlaneView, service: MeshService): Binding => {
  const { meta, cluster } = definitionOf(view, service) ?? {}
  if (meta === undefined || cluster === undefined) return nothingBound
  const { namespace, labels, annotations, name } = meta
  const object = { namespace, labels, annotations, ref: service.ref }
  if (standsApart(cluster, object, name)) return nothingBound
  const binding = bindingOf(view, cluster, 'SERVICE', object)
  return entryVisibility(view, service) === 'NAMESPACE' ? ofOwnNamespace(binding, namespace) : binding
})

/** For calls to a workload by its own address. */
export function workloadBinding(view: ControlPlaneView, workload: Workload): Binding {
  if (workload.dataPlane === 'WAYPOINT' || workload.dataPlane === 'GATEWAY' || view.configCluster === undefined) return nothingBound
  // A machine is labelled on its WorkloadEntry itself.
  const { namespace, labels, annotations } = isMachine(workload) ? workload.meta : workload
  return bindingOf(view, view.configCluster, 'WORKLOAD', { namespace, labels, annotations, ref: workload.ref })
}
