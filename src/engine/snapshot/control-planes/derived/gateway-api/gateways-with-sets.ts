import type { ApiListener } from '../../../../resources/kubernetes/api-listener.js'
import type { KubernetesGateway } from '../../../../resources/kubernetes/kubernetes-gateway.js'
import type { ListenerSet } from '../../../../resources/kubernetes/listener-set.js'
import { byAge } from '../../../by-age.js'
import { isOn } from '../../../flags.js'
import { readsTlsRoutes, translatesAllGateways } from '../../../releases.js'
import { readsRevision } from '../../configuration-of.js'
import { groupBy } from '../../../../group-by.js'
import { type ApiScope, ofRevision, readFrom } from './api-objects.js'
import { controllerOf } from './gateway-controller.js'
import { admitsListeners } from './namespaces-of-routes.js'

/** A Gateway with the ListenerSets that it takes, the oldest first. */
export interface GatewayWithSets {
  readonly object: KubernetesGateway
  readonly sets: readonly ListenerSet[]
  /** Of these, whom it takes only if labels say so that are not given. */
  readonly open: ReadonlySet<ListenerSet>
}

const usualPorts: Readonly<Record<string, number>> = { HTTP: 80, HTTPS: 443 }

/** A ListenerSet may leave the port of HTTP and HTTPS out. */
export const withPort = (listener: ApiListener): ApiListener =>
  listener.port === 0 ? { ...listener, port: usualPorts[listener.protocol] ?? 0 } : listener

/** Gateways that istiod opens listeners for, each with the ListenerSets that it takes. */
export function gatewaysOf(objects: ApiScope): readonly GatewayWithSets[] {
  const { cluster, controlPlane } = objects
  const { kubernetesGateways, listenerSets } = cluster.resources
  const takesSets = readsTlsRoutes(controlPlane) || isOn(controlPlane, 'PILOT_ENABLE_ALPHA_GATEWAY_API')
  const sets = groupBy(takesSets ? ofRevision(objects, listenerSets) : [], ({ parent }) => `${parent?.namespace}/${parent?.name}`)
  return readFrom(objects, kubernetesGateways).flatMap((object) => {
    const isOwn = translatesAllGateways(controlPlane) || readsRevision(controlPlane, object.meta)
    if (!isOwn || controllerOf(cluster.resources, controlPlane, object.className) !== 'GATEWAY') return []
    const { namespace, name } = object.meta
    const asking = (sets.get(`${namespace}/${name}`) ?? []).map((set) => ({
      set,
      taken: admitsListeners(objects, namespace, object.allowedListeners, set.meta.namespace),
    }))
    const admitted = asking.flatMap(({ set, taken }) => (taken === false ? [] : [set]))
    const open = new Set(asking.flatMap(({ set, taken }) => (taken === undefined ? [set] : [])))
    return [{ object, sets: admitted.toSorted(byAge), open }]
  })
}
