/**
 * Are routes or load balancing by request meant for a service in ambient mode that no waypoint stands before?
 *
 * ztunnel reads neither VirtualServices, nor routes of the Gateway API, nor DestinationRules. A waypoint heeds those of its own namespace and of its service's, and DestinationRules of
 * the root namespace. Where sidecars call too, they heed them. Rules AMB-4, AMB-48, AMB-51, GWAPI-68.
 */
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import { remembered } from '../../remembered.js'
import { serviceKind } from '../../resources/kubernetes/route-parent.js'
import type { Meta } from '../../resources/meta.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { type Configuration, configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import { consumersOf } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'
import { waypointOf } from '../../snapshot/named-waypoint.js'

/** Does nobody call by a sidecar, who heeds both? Gateways heed DestinationRules, and VirtualServices that are bound to them. */
const isAllAmbient = remembered((view: ControlPlaneView, gatewaysToo: boolean): boolean =>
  consumersOf(view).every(({ atGateway }) => atGateway && !gatewaysToo),
)

interface Served {
  readonly cluster: Cluster
  readonly meta: Meta
}

/** The Service in ambient mode that the host means. */
function ambientService(view: ControlPlaneView, host: string, namespace: string): Served | undefined {
  for (const { definitions } of view.servicesByHost(qualify(host, namespace, domainSuffix(view)))) {
    for (const { cluster: name, service } of definitions) {
      const cluster = view.snapshot.clusters.get(name)
      const { meta } = service
      const ambient =
        cluster && clusterEndpoints(cluster, meta.namespace, meta.name).some(({ workload }) => workload?.dataPlane === 'AMBIENT')
      if (cluster !== undefined && ambient === true) return { cluster, meta }
    }
  }
  return undefined
}

interface Meant {
  readonly host: string
  readonly path: string
  readonly what: string
  readonly codes: readonly [missing: string, unbound: string, elsewhere: string]
}

function tell({ object, views }: ReadObject<{ readonly meta: Meta }>, { host, path, what, codes }: Meant): Breach | undefined {
  const [view] = views
  const isRule = what === 'this rule'
  if (!views.every((one) => isAllAmbient(one, isRule))) return undefined
  const { namespace } = object.meta
  const served = ambientService(view, host, namespace)
  if (served === undefined) return undefined
  const service = `\`${served.meta.namespace}/${served.meta.name}\``
  const waypoint = waypointOf(served.cluster, served.meta)
  const on = view.ref(object.meta, path)
  if (waypoint === undefined) {
    const message = `no waypoint stands before Service ${service}, whose clients are in ambient mode, so that ${what} does nothing: label the Service or its namespace \`istio.io/use-waypoint\``
    return { on, message, kiali: [codes[0], codes[1]] }
  }
  const heeded = [waypoint.namespace, served.meta.namespace, ...(isRule ? [view.controlPlane.meshConfig.rootNamespace] : [])]
  if (heeded.includes(namespace)) return undefined
  const message = `waypoint \`${waypoint.namespace}/${waypoint.name}\` of Service ${service} heeds its own namespace and the Service’s, and ${what} is in \`${namespace}\`, where it does nothing: put it beside the Service`
  return { on, message, kiali: [codes[2]] }
}

function* judge(snapshot: Snapshot): Iterable<Breach | undefined> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const read of objectsOf(configuration, 'virtualServices')) {
      const { hosts, gateways, http } = read.object
      if (http.length === 0 || (gateways.length > 0 && !gateways.includes('mesh'))) continue
      for (const [position, host] of hosts.entries())
        yield tell(read, { host, path: `spec.hosts[${position}]`, what: 'this VirtualService', codes: ['KIA1109', 'KIA1113', 'KIA1114'] })
    }
    yield* routesOfServices(configuration)
    for (const read of objectsOf(configuration, 'destinationRules'))
      yield tell(read, { host: read.object.host, path: 'spec.host', what: 'this rule', codes: ['KIA0210', 'KIA0211', 'KIA0212'] })
  }
}

/** Routes of the Gateway API that are attached to Services (GWAPI-57, GWAPI-68). */
function* routesOfServices({ cluster, views }: Configuration): Iterable<Breach | undefined> {
  const [first, ...more] = views
  if (first === undefined) return
  for (const { route } of first.routeFates) {
    for (const { kind, namespace, name, position } of route.parents) {
      if (kind !== serviceKind) continue
      const host = `${name}.${namespace}.svc.${cluster.clusterDomain}`
      const meant: Meant = { host, path: `spec.parentRefs[${position}]`, what: 'this route', codes: ['KIA1109', 'KIA1113', 'KIA1114'] }
      yield tell({ object: route, views: [first, ...more] }, meant)
    }
  }
}

export const routesWithoutWaypoint: Rule = {
  code: 'PRX115',
  name: 'routes-without-waypoint',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1109', 'KIA1113', 'KIA1114', 'KIA0210', 'KIA0211', 'KIA0212'],
  summary: 'Routes or rules are for a service whose clients are all in ambient mode, and no waypoint heeds them (AMB-4, AMB-48, AMB-51).',
  *check(snapshot): Iterable<Breach> {
    for (const breach of judge(snapshot)) if (breach !== undefined) yield breach
  },
}
