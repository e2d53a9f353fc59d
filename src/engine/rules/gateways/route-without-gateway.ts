/**
 * Is a route of the Gateway API attached to the Gateways that it names?
 *
 * A parent may narrow it to a listener, by name or port; listeners take the kinds of routes that their protocol has, of their own namespace unless they
 * allow others, and hostnames that they have in common with the route. Routes are read from the clusters of Istio's objects alone. Rules GWAPI-3, GWAPI-24, GWAPI-31, GWAPI-32, GWAPI-33.
 */
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import { overlaps } from '../../snapshot/covers.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { RouteParent } from '../../resources/kubernetes/route-parent.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import type { GatewayRoute } from '../../resources/kubernetes/gateway-route.js'
import { gatewayRoutesOf, gatewaysOf } from './gateway-routes.js'

type Listener = KubernetesGateway['listeners'][number]

const nameOf = ({ namespace, name }: RouteParent): string => `${namespace}/${name}`

const gatewayNames = remembered(({ kubernetesGateways }: ClusterResources): readonly string[] =>
  [...kubernetesGateways.values()].flat().map(({ meta }) => `${meta.namespace}/${meta.name}`),
)

function unknownGateway({ resources }: Cluster, parent: RouteParent): string {
  const all = gatewayNames(resources)
  const namesake = all.find((one) => one.endsWith(`/${parent.name}`))
  const [near = namesake] = namesake === undefined ? nearestNames(nameOf(parent), all) : []
  const ofIstio = resources.gateways.get(parent.namespace)?.some(({ meta }) => meta.name === parent.name) === true
  const hint = ofIstio
    ? '; the one of that name is a Gateway of Istio, which takes VirtualServices'
    : near === undefined
      ? ''
      : `; did you mean \`${near}\`?`
  return `there is no Gateway \`${nameOf(parent)}\` of the Gateway API, so that the route is attached to nothing${hint}`
}

const listed = (words: readonly (string | number)[]): string => words.map((word) => `\`${word}\``).join(', ')

/** The listeners that the parent means. */
const meantBy = ({ section, port }: RouteParent, { listeners }: KubernetesGateway): readonly Listener[] =>
  listeners.filter((one) => (section === '' || one.name === section) && (port === 0 || one.port === port))

const admits = ({ meta }: KubernetesGateway, { namespaces = 'Same' }: Listener, from: string): boolean =>
  namespaces !== 'Same' || meta.namespace === from

/** Kinds of routes by a listener's protocol; of other protocols nobody here knows. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
}

const takesKind = ({ protocol, kinds }: Listener, kind: string): boolean =>
  kindsOf[protocol]?.includes(kind) !== false && kinds?.includes(`gateway.networking.k8s.io/${kind}`) !== false

const sharesHost = ({ hostname }: Listener, hostnames: readonly string[]): boolean =>
  hostname === undefined || hostnames.length === 0 || hostnames.some((host) => overlaps(hostname.toLowerCase(), host))

/** Why no listener of the Gateway takes the route. */
function whyUnattached(gateway: KubernetesGateway, parent: RouteParent, route: GatewayRoute): string | undefined {
  const name = `Gateway \`${nameOf(parent)}\``
  const meant = meantBy(parent, gateway)
  if (meant.length === 0) {
    const wanted =
      parent.section === '' ? `at port ${parent.port}` : `\`${parent.section}\`${parent.port === 0 ? '' : ` at port ${parent.port}`}`
    return `${name} has no listener ${wanted}; it has ${listed(gateway.listeners.map((one) => one.name))}`
  }
  const { kind, namespace } = route.meta
  const fitting = meant.filter((listener) => takesKind(listener, kind))
  if (fitting.length === 0)
    return `${name} takes no ${kind}s at ${meant.length === 1 ? 'listener' : 'listeners'} ${listed(meant.map((one) => one.name))} (${listed([...new Set(meant.map(({ protocol }) => protocol))])}), by protocol or \`allowedRoutes\``
  const admitting = fitting.filter((listener) => admits(gateway, listener, namespace))
  if (admitting.length === 0)
    return `${name} takes routes of its own namespace only: let \`allowedRoutes\` of its listener admit \`${namespace}\``
  if (admitting.some((listener) => sharesHost(listener, route.hostnames))) return undefined
  return `no hostname of the route (${listed(route.hostnames)}) is one of ${name}’s (${listed(admitting.flatMap(({ hostname }) => hostname ?? []))})`
}

function judge(cluster: Cluster, route: GatewayRoute, parent: RouteParent): string | undefined {
  const gateway = cluster.resources.kubernetesGateways.get(parent.namespace)?.find(({ meta }) => meta.name === parent.name)
  if (gateway === undefined) return unknownGateway(cluster, parent)
  const why = whyUnattached(gateway, parent, route)
  return why === undefined ? undefined : `${why}; the route is not attached there`
}

export const routeWithoutGateway: Rule = {
  code: 'GTW110',
  name: 'route-without-gateway',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA1401'],
  summary:
    'A route of the Gateway API names a Gateway that is not there, or none of whose listeners takes it (GWAPI-24, GWAPI-32, GWAPI-33).',
  *check(snapshot): Iterable<Breach> {
    for (const { cluster } of configurationsOf(snapshot)) {
      // Routes and Gateways are often kept apart: where no Gateway is given, nobody knows them.
      if (cluster.resources.kubernetesGateways.size === 0 || isUnread([cluster], 'kubernetesGateways')) continue
      for (const route of pausing(gatewayRoutesOf(cluster))) {
        for (const parent of gatewaysOf(route)) {
          const message = judge(cluster, route, parent)
          if (message !== undefined) yield { on: cluster.ref(route.meta, `spec.parentRefs[${parent.position}]`), message }
        }
      }
    }
  },
}
