import { pausing } from '../../pause.js'
import type { ReferenceGrant } from '../../resources/kubernetes/reference-grant.js'
import type { RouteBackend } from '../../resources/kubernetes/route-backend.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import type { GatewayRoute } from '../../resources/kubernetes/gateway-route.js'
import { backendsOf, gatewayRoutesOf, gatewaysOf, routesConnections } from './gateway-routes.js'

const group = 'gateway.networking.k8s.io'

const grants = ({ from, to }: ReferenceGrant, { meta }: GatewayRoute, { name }: RouteBackend): boolean =>
  from.some((one) => one.group === group && one.kind === meta.kind && one.namespace === meta.namespace) &&
  to.some((one) => one.group === '' && one.kind === 'Service' && (one.name === undefined || one.name === name))

function* judge({ resources }: Cluster, route: GatewayRoute): Iterable<{ readonly path: string; readonly message: string }> {
  const { kind, namespace: home } = route.meta
  const effect = routesConnections(route) ? 'gateways close these connections' : 'gateways answer them with 500'
  for (const { backend, path } of backendsOf(route)) {
    const { namespace, name } = backend
    if (namespace === home || resources.referenceGrants.get(namespace)?.some((one) => grants(one, route, backend)) === true) continue
    const what = routesConnections(route) ? 'connections' : 'requests'
    const message = `no ReferenceGrant in namespace \`${namespace}\` lets ${kind}s of \`${home}\` send ${what} to Service \`${name}\`: ${effect}; grant it there`
    yield { path, message }
  }
}

export const referenceNotGranted: Rule = {
  code: 'GTW114',
  name: 'reference-not-granted',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A gateway’s route sends requests to a Service of another namespace, which does not grant it (GWAPI-45).',
  *check(snapshot): Iterable<Breach> {
    for (const { cluster } of configurationsOf(snapshot)) {
      if (isUnread([cluster], 'referenceGrants')) continue
      // Where none is given at all, they may have been left out.
      const severity = cluster.resources.referenceGrants.size === 0 ? { severity: 'WARNING' as const } : {}
      for (const route of pausing(gatewayRoutesOf(cluster))) {
        // Routes of the mesh need none (GWAPI-46).
        if (gatewaysOf(route).length === 0) continue
        for (const { path, message } of judge(cluster, route)) yield { on: cluster.ref(route.meta, path), message, ...severity }
      }
    }
  },
}
