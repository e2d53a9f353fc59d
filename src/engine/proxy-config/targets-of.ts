import type { ScopedHost } from '../model/proxy-config.js'
import { type RouteTarget, wholeTarget } from '../analysis/call/stage-values.js'
import { effectiveRule } from '../istiod/destination-rules/effective-rule.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { servicesThere } from './services-there.js'

/** Services of the scope with their ports, in the order of their hosts. */
export const hostsOf = (scope: ProxyScope): readonly ScopedHost[] =>
  servicesThere(scope).map(({ service, ports }) => ({
    host: service.hostname,
    namespace: service.namespace,
    ports: ports.toSorted((a, b) => a - b),
  }))

/** The upstream clusters of a proxy: each port of each service in scope, and again for each subset of the DestinationRule in force (EDS-27). */
export function* targetsOf(scope: ProxyScope, { labels, namespace }: Workload): Generator<RouteTarget> {
  for (const { service, ports } of servicesThere(scope)) {
    if (service.resolution === 'ALIAS') continue
    const rule = effectiveRule(scope.view, namespace, labels, service)
    const subsets = ['', ...(rule?.subsets ?? []).map(({ name }) => name)]
    for (const port of service.ports) {
      if (port.protocol === 'UDP' || !ports.includes(port.number)) continue
      for (const subset of subsets) yield wholeTarget({ service, port, subset, rule })
    }
  }
}
