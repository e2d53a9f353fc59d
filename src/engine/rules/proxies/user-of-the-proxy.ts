import { isGatewayPod } from '../../snapshot/workloads/is-gateway-pod.js'
import type { Breach, Rule } from '../rule.js'
import { hasProxy, injectionOf, isServed, podsAndTemplates } from './pods-and-templates.js'

export const userOfTheProxy: Rule = {
  code: 'PRX106',
  name: 'user-of-the-proxy',
  severity: 'WARNING',
  istio: ['IST0144'],
  kiali: [],
  summary: 'An application runs as user 1337, whose traffic is taken for the proxy’s own and not captured.',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) {
      if (!isServed(cluster)) continue
      const told = new Set<string>()
      for (const one of podsAndTemplates(cluster)) {
        const { spec, meta, labels, annotations, owner } = one
        if (spec.userOfProxy === undefined || isGatewayPod(labels, annotations, spec) || told.has(`${meta.namespace} ${owner}`)) continue
        if (!hasProxy(one) && (one.ran || injectionOf(cluster, one) === undefined)) continue
        told.add(`${meta.namespace} ${owner}`)
        const message =
          'the application runs as user 1337, which is the proxy’s: what it sends is not captured, and leaves in plaintext past every route and policy; use another user'
        yield { on: cluster.ref(meta, spec.userOfProxy), message }
      }
    }
  },
}
