/**
 * What can routes be attached to: each listener of a Gateway of istiod's class and of its ListenerSets, with what it takes, and the server that istiod
 * makes of it.
 *
 * A listener that opens nothing still takes routes, if it is the Gateway's own; one that lost to another, or has no TLS where its protocol asks for
 * it, takes none. Rules GWAPI-19, GWAPI-20, GWAPI-24, GWAPI-25, GWAPI-28, GWAPI-29.
 */
import type { Gateway, GatewayServer } from '../../../../resources/istio/gateway.js'
import type { ApiListener } from '../../../../resources/kubernetes/api-listener.js'
import type { KubernetesGateway } from '../../../../resources/kubernetes/kubernetes-gateway.js'
import type { Labels, Meta } from '../../../../resources/meta.js'
import { handsOn } from '../../../networks/hands-on.js'
import { checksAccountOfCertificates, dropsTwinListeners, readsTlsRoutes } from '../../../releases.js'
import { derivedMeta } from '../derived.js'
import type { ApiObjects } from './api-objects.js'
import { type GatewayBinding, bindingOf } from './gateway-binding.js'
import { type GatewayWithSets, withPort } from './gateways-with-sets.js'
import { conflictLosers } from './conflict-losers.js'
import { type TlsFault, tlsOf } from './tls-of.js'
import { namespacesOfRoutes } from './namespaces-of-routes.js'
import type { ClosedListener } from './route-fate.js'

export interface ApiParent {
  /** The Gateway or the ListenerSet. */
  readonly carrier: Meta
  /** Of the listener in it. */
  readonly path: string
  readonly listener: ApiListener
  /** In lower case; '' without one. */
  readonly hostname: string
  /** Of the namespaces whose routes it takes; `*`: of all. */
  readonly namespaces: readonly string[]
  /** Among them those whose routes it takes only if labels say so that are not given; `*`: all. */
  readonly open: readonly string[]
  /** Kinds of the routes that it takes. */
  readonly kinds: ReadonlySet<string>
  /** `namespace/name` of what istiod makes of it. */
  readonly internalName: string
  /** Undefined: it opens nothing, for the reason told. */
  readonly gateway: Gateway | undefined
  readonly fault?: string
  readonly ungranted?: true
}

interface Placed {
  readonly carrier: Meta
  readonly path: string
  readonly listener: ApiListener
  /** Nobody knows whether the Gateway takes its carrier. */
  readonly open?: true
}

const placedIn = ({ object, sets, open }: GatewayWithSets): readonly Placed[] => [
  ...object.listeners.map((listener, i) => ({ carrier: object.meta, path: `spec.listeners[${i}]`, listener })),
  ...sets.flatMap((set) => {
    const more = open.has(set) ? { open: true as const } : {}
    return set.listeners.map((listener, i) => ({ carrier: set.meta, path: `spec.listeners[${i}]`, listener: withPort(listener), ...more }))
  }),
]

/** What routes may be attached to at a Gateway, and the listeners that open nothing. */
export interface ListenersOf {
  readonly parents: readonly ApiParent[]
  readonly closed: readonly ClosedListener[]
}

export function parentsOf(objects: ApiObjects, gateway: GatewayWithSets): ListenersOf {
  const { object } = gateway
  const placed = placedIn(gateway)
  const losers = dropsTwinListeners(objects.controlPlane) ? conflictLosers(placed.map(({ listener }) => listener)) : new Set<ApiListener>()
  const binding = bindingOf(object, objects.controlPlane, objects.cluster.clusterDomain)
  const selectors = selectorsOf(objects, object, binding)
  const parents: ApiParent[] = []
  const closed: ClosedListener[] = []
  for (const one of placed) {
    const lost = whyLost(one, losers, binding)
    const parent = lost === undefined ? parentAt(objects, object, binding, selectors, one) : undefined
    const why = lost ?? parent?.fault
    if (why !== undefined) closed.push({ ...one, why, because: becauseOf(losers.has(one.listener), parent?.ungranted) })
    if (parent !== undefined && (parent.gateway !== undefined || one.carrier === object.meta)) parents.push(parent)
  }
  return { parents, closed }
}

const becauseOf = (isTwin: boolean, isUngranted: true | undefined): ClosedListener['because'] => {
  if (isTwin) return 'TWIN'
  return isUngranted === true ? 'UNGRANTED' : 'OTHER'
}

/** Why neither a server nor a parent for routes is made of it. */
function whyLost({ listener }: Placed, losers: ReadonlySet<ApiListener>, { services }: GatewayBinding): string | undefined {
  const { protocol, port, tls } = listener
  if (services.length === 0) return 'none of the addresses of its Gateway is a Service of its namespace'
  if (losers.has(listener)) return `an earlier listener has port ${port} already, and this one cannot stand beside it`
  return (protocol === 'HTTPS' || protocol === 'TLS') && tls === undefined ? `it has protocol \`${protocol}\` and no \`tls\`` : undefined
}

/** Pods of a Service are those that it selects; of one that istiod would make, those that carry the Gateway's name. */
function selectorsOf(
  { service, cluster }: ApiObjects,
  { meta }: KubernetesGateway,
  { namespace, services, managed }: GatewayBinding,
): readonly Labels[] {
  return services.flatMap((name) => {
    const selector = service(namespace, name)?.selector
    if (selector !== undefined) return [selector]
    // In a document of manifests a Service that is named and not given is taken to be there.
    return managed === undefined && cluster.observed ? [] : [{ 'gateway.networking.k8s.io/gateway-name': meta.name }]
  })
}

function parentAt(
  objects: ApiObjects,
  object: KubernetesGateway,
  binding: GatewayBinding,
  selectors: readonly Labels[],
  { carrier, path, listener, open }: Placed,
): ApiParent {
  const hostname = listener.hostname?.toLowerCase() ?? ''
  const { namespaces: from, namespaceSelector: selector } = listener
  const routes = namespacesOfRoutes(objects, carrier.namespace, {
    ...(from === undefined ? {} : { from }),
    ...(selector === undefined ? {} : { selector }),
  })
  const namespaces = [...routes.taken, ...routes.open]
  const name = `${carrier.name}~istio-autogenerated-k8s-gateway~${listener.name}`
  const server = serverOf(objects, object, carrier, listener, namespaces, binding)
  const gateway: Gateway | undefined =
    'fault' in server
      ? undefined
      : {
          meta: derivedMeta(carrier, carrier.namespace, name, path),
          selector: selectors[0] ?? {},
          runs: { namespace: binding.namespace, selectors, services: binding.services, managed: binding.managed !== undefined },
          servers: [server],
        }
  return {
    carrier,
    path,
    listener,
    hostname,
    namespaces,
    open: open === true ? ['*'] : routes.open,
    kinds: kindsOf(objects, listener),
    internalName: `${carrier.namespace}/${name}`,
    gateway,
    ...('fault' in server ? server : {}),
  }
}

const protocols: ReadonlySet<string> = new Set(['HTTP', 'HTTPS', 'TLS', 'TCP'])

function serverOf(
  objects: ApiObjects,
  gateway: KubernetesGateway,
  carrier: Meta,
  listener: ApiListener,
  namespaces: readonly string[],
  { managed, namespace }: GatewayBinding,
): GatewayServer | TlsFault {
  const { protocol, port, hostname = '*' } = listener
  if (!protocols.has(protocol)) return { fault: `protocol \`${protocol}\` is none that a gateway takes` }
  if (port === 0) return { fault: `protocol \`${protocol}\` asks for a port` }
  const tls = tlsOf({ objects, carrier, gateway, listener, handsOn: handsOn(carrier, listener) })
  if ('fault' in tls) return tls
  const places = namespaces.length === 0 ? ['~'] : namespaces
  return {
    port: { number: port, protocol, name: 'default' },
    hosts: places.map((place) => `${place}/${hostname.toLowerCase()}`),
    subjectAltNames: [],
    httpsRedirect: false,
    ...tls,
    ...(managed === undefined || !checksAccountOfCertificates(objects.controlPlane)
      ? {}
      : { certificatesFor: { namespace, serviceAccount: managed.serviceAccount } }),
  }
}

const routeKinds: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TCP: ['TCPRoute'],
}

/** TLS that the gateway ends is followed by plain TCP. */
function kindsOf({ controlPlane }: ApiObjects, { protocol, tls, kinds }: ApiListener): ReadonlySet<string> {
  const ends = tls?.mode !== 'Passthrough'
  const ofTls = ends ? [...(readsTlsRoutes(controlPlane) ? ['TLSRoute'] : []), 'TCPRoute'] : ['TLSRoute']
  const supported = protocol === 'TLS' ? ofTls : (routeKinds[protocol] ?? [])
  return new Set(supported.filter((kind) => kinds?.includes(`gateway.networking.k8s.io/${kind}`) !== false))
}
