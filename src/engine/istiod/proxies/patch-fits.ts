import type { FilterPatch, PatchMatch } from '../../resources/istio/envoy-filter.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { isFoundIn } from '../expressions/expression.js'
import { isAddress } from '../matching/hosts.js'
import { isWildcard } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { Passing } from './passing.js'

/** Is the patch for calls that pass so? Only what certainly leaves the call out is left out. Rules EXT-2, EXT-7. */
export function patchFits(view: ControlPlaneView, patch: FilterPatch, passing: Passing): boolean {
  const { applyTo, match } = patch
  if (!fitsContext(patch, passing)) return false
  if (ofRequests.has(applyTo) && !passing.requests) return false
  if (!mayBeVersion(view, match.proxyVersion)) return false
  if (applyTo === 'CLUSTER') return fitsCluster(match.cluster, passing)
  return fitsListener(applyTo, match.listener, passing) && fitsRoute(match.route, passing)
}

/** Sidecars' contexts are waypoints' as well; the one that is called after them is accepted and means nobody. */
const contexts: Readonly<Record<string, readonly Passing['direction'][]>> = {
  ANY: ['OUTBOUND', 'INBOUND', 'GATEWAY', 'WAYPOINT'],
  SIDECAR_OUTBOUND: ['OUTBOUND', 'WAYPOINT'],
  SIDECAR_INBOUND: ['INBOUND', 'WAYPOINT'],
  GATEWAY: ['GATEWAY'],
  WAYPOINT: [],
}

/** In any context nothing is added on the way in. */
const fitsContext = ({ applyTo, operation, match: { context } }: FilterPatch, { direction }: Passing): boolean =>
  contexts[context]?.includes(direction) !== false &&
  !(context === 'ANY' && direction === 'INBOUND' && operation === 'ADD' && applyTo === 'LISTENER')

const ofRequests: ReadonlySet<string> = new Set(['HTTP_FILTER', 'ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'])

const differs = <T>(asked: T | undefined, actual: T | undefined): boolean => asked !== undefined && actual !== undefined && asked !== actual

/** A name is all that is looked at, where there is one. */
function fitsCluster(cluster: PatchMatch['cluster'], { direction, host, port, subset }: Passing): boolean {
  if (direction === 'INBOUND') return cluster.name === undefined ? cluster.subset === undefined : cluster.name.startsWith('inbound|')
  if (direction !== 'OUTBOUND') return true
  if (host === undefined) return cluster.service === undefined && (cluster.name === undefined || cluster.name === 'PassthroughCluster')
  if (cluster.name !== undefined) return !differs(cluster.name, port === undefined ? undefined : `outbound|${port}|${subset}|${host}`)
  return !differs(cluster.service, host) && !differs(cluster.port, port) && !differs(cluster.subset, subset)
}

/** The listeners that take all connections, out of a pod and into it. */
const virtual = { OUTBOUND: 15001, INBOUND: 15006 } as const

/** At a gateway a listener's port is not known here, and at a waypoint listeners are not of ports. */
function fitsListener(applyTo: string, listener: PatchMatch['listener'], passing: Passing): boolean {
  const { direction, requests } = passing
  if (direction !== 'OUTBOUND' && direction !== 'INBOUND') return true
  if (listener.sni !== undefined && (direction === 'INBOUND' || requests)) return false
  return fitsListenerName(applyTo, listener.name, passing) && fitsListenerPort(applyTo, listener, passing)
}

function fitsListenerName(applyTo: string, name: string | undefined, { direction, host, port }: Passing): boolean {
  if (name === undefined) return true
  if (direction === 'INBOUND') return name === 'virtualInbound'
  if (name === 'virtualInbound') return false
  if (name === 'virtualOutbound') return host === undefined || applyTo === 'LISTENER' || applyTo === 'LISTENER_FILTER'
  const ofName = /_(\d+)$/.exec(name)?.[1]
  return !differs(ofName === undefined ? undefined : Number(ofName), port)
}

/** What is about a listener itself means the port that it listens at; all else means the port of the chain that takes the call. */
function fitsListenerPort(applyTo: string, { port: asked, destinationPort }: PatchMatch['listener'], passing: Passing): boolean {
  const { direction, port, podPort } = passing
  if (applyTo === 'LISTENER_FILTER') return true
  const actual = direction === 'OUTBOUND' ? port : podPort
  if (applyTo === 'LISTENER') {
    const all = direction === 'OUTBOUND' ? virtual.OUTBOUND : virtual.INBOUND
    return asked === undefined || asked === all || (direction === 'OUTBOUND' && !differs(asked, actual))
  }
  return !differs(asked, actual) && (direction === 'OUTBOUND' ? destinationPort === undefined : !differs(destinationPort, actual))
}

function fitsRoute(route: PatchMatch['route'], passing: Passing): boolean {
  const { direction, port } = passing
  if (direction === 'INBOUND') return fitsInboundRoute(route)
  if (direction !== 'OUTBOUND') return true
  if (differs(route.port, port)) return false
  const numbered = route.name !== undefined && /^\d+$/.test(route.name) ? Number(route.name) : undefined
  return !differs(numbered, port) && fitsVirtualHost(route, passing)
}

/** On the way in there is one virtual host for all names, in a table of its own for each port. */
const fitsInboundRoute = ({ name, vhost, domain }: PatchMatch['route']): boolean =>
  (name === undefined || name.startsWith('inbound|')) &&
  (vhost === undefined || vhost.startsWith('inbound|')) &&
  (domain === undefined || domain === '*')

/** A virtual host is named `host:port`, by the host that is called. */
function fitsVirtualHost({ vhost, domain }: PatchMatch['route'], passing: Passing): boolean {
  const [, named, number] = /^([^:]+):(\d+)$/.exec(vhost ?? '') ?? []
  if (differs(number === undefined ? undefined : Number(number), passing.port)) return false
  if (named !== undefined && !mayBeCalled(named, passing)) return false
  if (domain === undefined || isWildcard(domain)) return domain !== '*' || passing.host === undefined
  return mayBeCalled(domain.replace(/:\d+$/, ''), passing)
}

/** Is it a name, short or in full, of what is called, or of where the call goes? Addresses are names of whatever has them. */
function mayBeCalled(name: string, { called, host }: Passing): boolean {
  if (called === undefined || isAddress(called) || isAddress(name)) return true
  return [called, host ?? called].some((one) => one === name || one.startsWith(`${name}.`) || name.startsWith(`${one}.`))
}

/** Istio reads no longer expression than this. */
const longest = 1024

/** Proxies are of the control plane's release or of up to two before; another one's patch does not concern them. */
const mayBeVersion = (view: ControlPlaneView, asked: string | undefined): boolean =>
  asked === undefined || (asked.length <= longest && mayBeOneOf(view, asked))

/** More than any branch ever had. */
const patches = Array.from({ length: 30 }, (_, patch) => patch)

const mayBeOneOf = remembered(({ controlPlane: { version } }: ControlPlaneView, asked: string): boolean => {
  if (version.assumed) return true
  const [major, minor] = version.parsed
  const versions = [0, 1, 2].flatMap((back) => patches.map((patch) => `${major}.${minor - back}.${patch}`))
  return isFoundIn(versions, asked) ?? true
})
