import { pausing } from '../../pause.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { RouteBackend } from '../../resources/kubernetes/route-backend.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { mayBeThere } from '../unlisted-services.js'
import type { GatewayRoute } from '../../resources/kubernetes/gateway-route.js'
import { backendsOf, gatewayRoutesOf, routesConnections } from './gateway-routes.js'

/** Why this control plane has nothing to send requests to; a Service of another cluster will do (GWAPI-47). */
function whyMissing(view: ControlPlaneView, { namespace, name, port }: RouteBackend): string | undefined {
  const host = `${name}.${namespace}.svc.${domainSuffix(view)}`
  const records = view.servicesByHost(host)
  if (records.length === 0) {
    if (mayBeThere(view, host)) return undefined
    const names = view.clusters.flatMap(({ resources }) => (resources.services.get(namespace) ?? []).map(({ meta }) => meta.name))
    const [near] = nearestNames(name, names)
    return `there is no Service \`${namespace}/${name}\`${near === undefined ? '' : ` (did you mean \`${near}\`?)`}`
  }
  const ports = records.flatMap((record) => record.ports.map(({ number }) => number))
  if (port === 0 || ports.includes(port)) return undefined
  return `Service \`${namespace}/${name}\` has no port ${port}, but ${[...new Set(ports)].join(', ')}`
}

function* judge(views: readonly ControlPlaneView[], route: GatewayRoute): Iterable<{ readonly path: string; readonly message: string }> {
  const effect = routesConnections(route)
    ? 'connections that this rule sends there are closed'
    : 'requests that this rule sends there are answered with 500'
  for (const { backend, path } of backendsOf(route)) {
    const why = views.map((view) => whyMissing(view, backend))
    const [first] = why
    if (first === undefined || why.some((one) => one === undefined)) continue
    yield { path, message: `${first}: ${effect}` }
  }
}

export const backendMissing: Rule = {
  code: 'GTW111',
  name: 'backend-missing',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA1402'],
  summary: 'A route of the Gateway API sends to a Service, or a port of one, that is not there (GWAPI-47).',
  *check(snapshot): Iterable<Breach> {
    for (const { cluster, views } of configurationsOf(snapshot)) {
      for (const route of pausing(gatewayRoutesOf(cluster))) {
        const readers = views.filter((view) => view.selects(cluster.name, route.meta.namespace))
        for (const { path, message } of judge(readers, route)) yield { on: cluster.ref(route.meta, path), message }
      }
    }
  },
}
