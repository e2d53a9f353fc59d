/**
 * What are proxies of theirs given? What is out of view is one service, one target, one endpoint of each and one route.
 *
 * An endpoint is theirs by where its object stands, which is known only while the answer is made: of one that is not, or that is behind
 * a gateway, the address is taken away there.
 */
import type { NarrowProxies } from '../proxy-config/narrow-proxies.js'
import type { ProxyAnswer, ProxyTarget, RouteShares, ScopedHost, TargetEndpoint } from '../model/proxy-config.js'
import { generalAssumptions } from './general-steps.js'
import { ownPorts } from './own-ports.js'
import { ownSubsets } from './own-subsets.js'
import { servicesByHost } from './services-by-host.js'
import { outOfView, type Sight } from './sight.js'

const nowhere = { address: outOfView, port: 0 }
const foreignAddress = `${outOfView}:0`
const foreignGateway = { network: outOfView, cluster: outOfView, ...nowhere }
const foreignHost: ScopedHost = { host: outOfView, namespace: '', ports: [] }
const foreignTarget: ProxyTarget = { host: outOfView, port: 0, subset: '', type: 'EDS', endpoints: [], unready: [] }

export function narrowProxies(sight: Sight): NarrowProxies {
  const subsets = ownSubsets(sight)
  return {
    plane: ({ controlPlane, gateways, assumptions }) => ({
      controlPlane: sight.holdsCluster(sight.snapshot.controlPlanes.get(controlPlane)?.cluster) ? controlPlane : outOfView,
      gateways: [...fold(gateways, ({ cluster }) => sight.holdsCluster(cluster), foreignGateway)],
      assumptions: generalAssumptions(sight, assumptions),
    }),
    dialled: ({ endpoint: { cluster, namespace }, passage, dialled }) =>
      passage === undefined && sight.holds(cluster, namespace) ? dialled : nowhere,
    proxy: (answer) => proxyInView(ownServices(sight, answer.services), subsets, answer),
  }
}

/** Hosts of theirs in a proxy's scope; where others have a part in one, with the ports that are declared by them. */
type OwnHosts = ReadonlyMap<string, ReadonlySet<number> | 'ALONE'>

function ownServices(sight: Sight, services: readonly ScopedHost[]): OwnHosts {
  const byHost = servicesByHost(sight.snapshot)
  return new Map(
    services.flatMap(({ host, namespace }): readonly (readonly [string, ReadonlySet<number> | 'ALONE'])[] => {
      const same = byHost.get(host)?.find((one) => one.namespace === namespace)
      if (!same?.clusters.some((cluster) => sight.holds(cluster, namespace))) return []
      if (!sight.spread(namespace).elsewhere) return [[host, 'ALONE']]
      return [[host, new Set(ownPorts(sight, host, namespace).map(({ number }) => number))]]
    }),
  )
}

function proxyInView(own: OwnHosts, subsets: ReadonlySet<string>, answer: ProxyAnswer): ProxyAnswer {
  const { proxy, unknownHosts, services, targets, routes, names, inbound } = answer
  const isOurs = (host: string, port: number, subset = ''): boolean => {
    const ports = own.get(host)
    return subsets.has(subset) && (ports === 'ALONE' || ports?.has(port) === true)
  }
  const isShare = (target: string): boolean => {
    const [, port, subset, host = ''] = target.split('|')
    return host === '' ? target.startsWith('lost ') : isOurs(host, Number(port), subset)
  }
  return {
    proxy,
    unknownHosts,
    services: [...fold(services, ({ host }) => own.has(host), foreignHost)].map((service) => ({
      ...service,
      ports: service.ports.filter((port) => isOurs(service.host, port)),
    })),
    targets: [...fold(targets, ({ host, port, subset }) => isOurs(host, port, subset), foreignTarget)].map(targetInView),
    routes: entriesInView<RouteShares>(routes, isRouteOf(isOurs), outOfView, (shares) => sharesInView(shares, isShare)),
    ...(names === undefined
      ? {}
      : {
          names: entriesInView<string[]>(
            names,
            (name) => isNameOf(own, name),
            [],
            (addresses) => addresses,
          ),
        }),
    inbound,
  }
}

/** `host:port`. */
const isRouteOf =
  (isOurs: (host: string, port: number) => boolean) =>
  (key: string): boolean => {
    const end = key.lastIndexOf(':')
    return isOurs(key.slice(0, end), Number(key.slice(end + 1)))
  }

/** A service's, or of a pod behind it; where others have a part in the service, the addresses may be theirs. */
const isNameOf = (own: OwnHosts, name: string): boolean =>
  own.get(name) === 'ALONE' || own.get(name.slice(name.indexOf('.') + 1)) === 'ALONE'

const targetInView = (target: ProxyTarget): ProxyTarget => ({
  ...target,
  endpoints: endpointsInView(target.endpoints),
  unready: [...fold(target.unready, (address) => address !== foreignAddress, foreignAddress)],
})

/** What goes to others, as one endpoint that takes their share. */
function endpointsInView(endpoints: readonly TargetEndpoint[]): TargetEndpoint[] {
  const [first, ...others] = endpoints.filter(({ address }) => address === outOfView)
  const share = others.reduce((sum, one) => sum + one.share, first?.share ?? 0)
  return [...fold(endpoints, ({ address }) => address !== outOfView, first && { ...first, weight: 0, priority: 0, share })]
}

function sharesInView(shares: RouteShares, isOurs: (target: string) => boolean): RouteShares {
  if (typeof shares === 'string') return shares
  const own = Object.entries(shares).filter(([target]) => isOurs(target))
  const rest = Object.entries(shares).filter(([target]) => !isOurs(target))
  const entry = [outOfView, rest.reduce((sum, [, share]) => sum + share, 0)] as const
  return Object.fromEntries(rest.length === 0 ? own : [...own, entry])
}

function entriesInView<T>(
  map: Readonly<Record<string, T>>,
  isOurs: (key: string) => boolean,
  rest: T,
  narrowed: (value: T) => T,
): Record<string, T> {
  const own = Object.entries(map).filter(([key]) => isOurs(key))
  const shown = own.map(([key, value]) => [key, narrowed(value)] as const)
  return Object.fromEntries(own.length === Object.keys(map).length ? shown : [...shown, [outOfView, rest] as const])
}

/** Those of theirs, and one for all the rest. */
function fold<T>(all: readonly T[], isOurs: (item: T) => boolean, rest: T | undefined): readonly T[] {
  const own = all.filter(isOurs)
  return own.length === all.length || rest === undefined ? own : [...own, rest]
}
