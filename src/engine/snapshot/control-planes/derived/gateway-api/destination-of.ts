/**
 * Where does a backend of a route lead?
 *
 * To the host of its Service, its host or its import, whether that is there or not: what the proxy knows decides later. What a namespace does not grant to
 * a gateway's route, and kinds that istiod does not know, lead nowhere, and their share is lost. Some mistakes spoil the whole route.
 * Rules GWAPI-42, GWAPI-44, GWAPI-45, GWAPI-46, GWAPI-47.
 */
import type { RouteDestination } from '../../../../resources/istio/virtual-service.js'
import type { GatewayRoute } from '../../../../resources/kubernetes/gateway-route.js'
import type { BackendReference } from '../../../../resources/kubernetes/backend-reference.js'
import type { RouteBackend } from '../../../../resources/kubernetes/route-backend.js'
import { isOn, textOf } from '../../../flags.js'
import type { ApiObjects } from './api-objects.js'

/** A mistake that takes all rules of a route away. */
export interface HardError {
  readonly error: string
}

export const isHardError = (one: object): one is HardError => 'error' in one

/** For whom a route is translated: only gateways ask for grants. */
export interface Translating {
  readonly objects: ApiObjects
  readonly route: GatewayRoute
  readonly forMesh: boolean
}

type Refused = NonNullable<RouteDestination['refused']>

const importKind = (objects: ApiObjects): string =>
  `${textOf(objects.controlPlane, 'MCS_API_GROUP') ?? 'multicluster.x-k8s.io'}/ServiceImport`

export function destinationOf(
  translating: Translating,
  backend: BackendReference & Partial<Pick<RouteBackend, 'weight'>>,
): RouteDestination | HardError {
  const { objects } = translating
  const refused = isGranted(translating, backend) ? undefined : notGranted(translating, backend)
  if (refused !== undefined) return nowhere(backend, refused)
  const host = hostOf(objects, backend)
  if (host === undefined) return nowhere(backend, unknownKind(objects, backend))
  if (typeof host !== 'string') return host
  if (backend.port === 0) return { error: `backend \`${backend.name}\` states no port` }
  return { host: host.toLowerCase(), subset: '', port: backend.port, ...(backend.weight === undefined ? {} : { weight: backend.weight }) }
}

function isGranted({ objects, route: { meta }, forMesh }: Translating, { kind, namespace, name }: BackendReference): boolean {
  if (forMesh) return true
  const from = { kind: `gateway.networking.k8s.io/${meta.kind}`, namespace: meta.namespace }
  return objects.grants.permits({ from, to: { kind, namespace, name } })
}

function notGranted({ route: { meta } }: Translating, { namespace, name }: BackendReference): Refused {
  const message = `namespace \`${namespace}\` has no ReferenceGrant that lets ${meta.kind}s of \`${meta.namespace}\` send to its \`${name}\``
  return { reason: 'BACKEND_NOT_GRANTED', message }
}

/** Undefined: of a kind that nobody knows. */
function hostOf(objects: ApiObjects, { kind, namespace, namespaced, name }: BackendReference): string | HardError | undefined {
  const { cluster, controlPlane } = objects
  if (kind === '/Service') {
    if (name.includes('.')) return { error: `backend \`${name}\` is a hostname and not the name of a Service` }
    return `${name}.${namespace}.svc.${cluster.clusterDomain}`
  }
  if (kind === 'networking.istio.io/Hostname') {
    return namespaced ? { error: `backend \`${name}\` is a hostname and states a namespace` } : name
  }
  if (kind !== importKind(objects)) return undefined
  return `${name}.${namespace}.svc.${isOn(controlPlane, 'ENABLE_MCS_HOST') ? 'clusterset.local' : cluster.clusterDomain}`
}

const experimental: ReadonlySet<string> = new Set(['XBackend'])

/** Of a kind that is switched on and not followed here the call is left open. */
function unknownKind({ controlPlane }: ApiObjects, { kind, name }: BackendReference): Refused {
  const short = kind.slice(kind.indexOf('/') + 1)
  const isOpen = experimental.has(short) && isOn(controlPlane, 'PILOT_ENABLE_ALPHA_GATEWAY_API')
  if (isOpen) return { reason: 'NOT_FOLLOWED', message: `backend \`${name}\` is an ${short}, which is not followed` }
  return { reason: 'BACKEND_INVALID', message: `backend \`${name}\` is of kind \`${short}\`, to which istiod sends nothing` }
}

/** A name that nobody has. */
export const nobodysHost = 'backend.invalid'

const nowhere = ({ weight = 1 }: Partial<Pick<RouteBackend, 'weight'>>, refused: Refused): RouteDestination => ({
  host: nobodysHost,
  subset: '',
  weight,
  refused,
})
