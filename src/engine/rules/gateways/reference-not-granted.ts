import type { GatewayHttpRoute } from '../../resources/kubernetes/http-route.js'
import type { ReferenceGrant } from '../../resources/kubernetes/reference-grant.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

type Backend = GatewayHttpRoute['rules'][number]['backends'][number]

const group = 'gateway.networking.k8s.io'

const grants = ({ from, to }: ReferenceGrant, route: GatewayHttpRoute, { name }: Backend): boolean =>
  from.some((one) => one.group === group && one.kind === 'HTTPRoute' && one.namespace === route.meta.namespace) &&
  to.some((one) => one.group === '' && one.kind === 'Service' && (one.name === undefined || one.name === name))

function* judge({ resources }: Cluster, route: GatewayHttpRoute): Iterable<{ readonly path: string; readonly message: string }> {
  for (const [i, { backends }] of route.rules.entries()) {
    for (const [j, backend] of backends.entries()) {
      const { kind, namespace, name, weight } = backend
      if (kind !== '/Service' || weight === 0 || namespace === route.meta.namespace) continue
      if (resources.referenceGrants.get(namespace)?.some((one) => grants(one, route, backend)) === true) continue
      const message = `no ReferenceGrant in namespace \`${namespace}\` lets HTTPRoutes of \`${route.meta.namespace}\` send requests to Service \`${name}\`: gateways answer them with 500; grant it there`
      yield { path: `spec.rules[${i}].backendRefs[${j}]`, message }
    }
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
      // Where none is given at all, nobody knows them.
      if (cluster.resources.referenceGrants.size === 0 || isUnread([cluster], 'referenceGrants')) continue
      for (const route of [...cluster.resources.httpRoutes.values()].flat()) {
        // Routes of the mesh need none (GWAPI-46).
        if (route.gateways.length === 0) continue
        for (const { path, message } of judge(cluster, route)) yield { on: cluster.ref(route.meta, path), message }
      }
    }
  },
}
