import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

type Listener = KubernetesGateway['listeners'][number]

const byName: ReadonlySet<string> = new Set(['HTTP', 'HTTPS', 'TLS'])

/** May both stand at one port? Listeners with hostnames may where these differ, others with nobody. */
const excludes = (one: Listener, other: Listener): boolean =>
  one.port === other.port &&
  (!byName.has(one.protocol) ||
    !byName.has(other.protocol) ||
    (one.hostname ?? '*').toLowerCase() === (other.hostname ?? '*').toLowerCase())

function* judge({ meta, listeners }: KubernetesGateway): Iterable<{ readonly path: string; readonly message: string }> {
  const first = new Map<string, Listener>()
  for (const [position, listener] of listeners.entries()) {
    // Those of one port are few, and all that count.
    const earlier = [...first.values()].find((one) => excludes(one, listener))
    if (earlier === undefined) {
      first.set(`${listener.port} ${listener.name} ${position}`, listener)
      continue
    }
    const same =
      byName.has(listener.protocol) && byName.has(earlier.protocol)
        ? `hostname \`${listener.hostname ?? '*'}\` at port ${listener.port}`
        : `port ${listener.port}`
    const message = `listener \`${earlier.name}\` of \`${meta.namespace}/${meta.name}\` has ${same} already: this one is dropped, and takes no route; use another hostname or port`
    yield { path: `spec.listeners[${position}]`, message }
  }
}

export const listenerConflict: Rule = {
  code: 'GTW112',
  name: 'listener-conflict',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1503'],
  summary: 'Two listeners of a Gateway of the Gateway API want the same port and hostname: the later one is dropped (GWAPI-26).',
  *check(snapshot): Iterable<Breach> {
    for (const { cluster } of configurationsOf(snapshot)) {
      for (const gateway of [...cluster.resources.kubernetesGateways.values()].flat()) {
        if (gateway.className !== 'istio') continue
        for (const { path, message } of judge(gateway)) yield { on: cluster.ref(gateway.meta, path), message }
      }
    }
  },
}
