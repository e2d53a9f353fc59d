import { pausing } from '../../pause.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

type Listener = KubernetesGateway['listeners'][number]

const byName: ReadonlySet<string> = new Set(['HTTP', 'HTTPS', 'TLS'])

/** Those that stand at one port: one alone, or listeners whose hostnames differ. */
interface Standing {
  readonly first: Listener
  readonly byHostname: Map<string, Listener>
}

const hostnameOf = ({ hostname = '*' }: Listener): string => hostname.toLowerCase()

/** Who has what the listener wants: listeners with hostnames stand beside one another where these differ, others beside nobody. */
const whoHas = ({ first, byHostname }: Standing, listener: Listener): Listener | undefined =>
  byName.has(first.protocol) && byName.has(listener.protocol) ? byHostname.get(hostnameOf(listener)) : first

/** The listener that stands there already; otherwise it stands there from now on. */
function standAt(ports: Map<number, Standing>, listener: Listener): Listener | undefined {
  const standing = ports.get(listener.port)
  const earlier = standing && whoHas(standing, listener)
  if (earlier !== undefined) return earlier
  const { byHostname } = standing ?? { byHostname: new Map<string, Listener>() }
  if (standing === undefined) ports.set(listener.port, { first: listener, byHostname })
  byHostname.set(hostnameOf(listener), listener)
  return undefined
}

function* judge({ meta, listeners }: KubernetesGateway): Iterable<{ readonly path: string; readonly message: string }> {
  const ports = new Map<number, Standing>()
  for (const [position, listener] of pausing(listeners.entries())) {
    const earlier = standAt(ports, listener)
    if (earlier === undefined) continue
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
