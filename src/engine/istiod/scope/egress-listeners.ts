import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import { excludesInSidecars } from '../../snapshot/releases.js'
import type { Sidecar, SidecarEgress } from '../../resources/istio/sidecar.js'
import { type Protocol, protocolOfText } from '../../resources/kubernetes/protocol.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { covers, isWildcard, overlaps } from '../../snapshot/covers.js'

/** Host patterns of one namespace in an egress list. */
interface Patterns {
  readonly exact: Set<string>
  readonly wildcards: string[]
}

/** One egress listener of a Sidecar, with `.` already read as the consumer's namespace (VIS-15). */
export interface EgressListener {
  /** Path of its entry, e.g. `spec.egress[0]`. */
  readonly path: string
  /** The only service port it lets through (VIS-20); undefined: all. */
  readonly port: number | undefined
  /** The only port whose requests it routes (VIS-42); undefined: all that no listener before it takes. */
  readonly routedPort: number | undefined
  /** How a listener with a port reads its connections, whatever the services declare; undefined: as they declare. */
  readonly protocol: Protocol | undefined
  /** The address on which it listens, or `everyAddress`; '': requests on all of them, connections on those of its services. */
  readonly bind: string
  /** Only `namespace/host` entries without wildcards: candidates are then taken by age alone (VIS-43). */
  readonly exact: boolean
  imports(namespace: string, host: string): boolean
  excludes(namespace: string, host: string): boolean
  /** A VirtualService host, in full, that has a name in common with what is imported (VIS-26, VIS-44). */
  importsRoutesFor(namespace: string, host: string): boolean
}

const matchesAny = (patterns: Patterns | undefined, host: string): boolean =>
  patterns !== undefined && (patterns.exact.has(host) || patterns.wildcards.some((pattern) => covers(pattern, host)))

const overlapsAny = (patterns: Patterns | undefined, host: string): boolean => {
  if (patterns === undefined) return false
  if (patterns.wildcards.some((pattern) => overlaps(pattern, host))) return true
  return isWildcard(host) ? [...patterns.exact].some((pattern) => covers(host, pattern)) : patterns.exact.has(host)
}

function add(lists: Map<string, Patterns>, namespace: string, host: string): void {
  const patterns = lists.get(namespace) ?? { exact: new Set<string>(), wildcards: [] }
  if (isWildcard(host)) patterns.wildcards.push(host)
  else patterns.exact.add(host)
  lists.set(namespace, patterns)
}

/** Sorts `namespace/host` entries; an entry without exactly one `/` is skipped (VIS-17). */
function readHosts(hosts: readonly string[], consumer: string, excluding: boolean) {
  const included = new Map<string, Patterns>()
  const excluded = new Map<string, Patterns>()
  for (const entry of pausing(hosts)) {
    const [namespace, host, ...rest] = entry.split('/')
    if (namespace === undefined || host === undefined || rest.length > 0) continue
    const name = host.toLowerCase()
    const here = (text: string): string => (text === '.' ? consumer : text)
    if (!namespace.startsWith('~')) add(included, here(namespace), name)
    else if (excluding) add(excluded, namespace === '~' ? '*' : here(namespace.slice(1)), name)
  }
  return { included, excluded }
}

/** What takes every connection to a port that no listener of an address of its own takes. */
export const everyAddress = '0.0.0.0'

/** Without an address of its own a listener that nothing is redirected to listens on the loopback (VIS-42). */
const bindOf = ({ bind = '', isUncaptured }: SidecarEgress): string => (bind === '' && isUncaptured === true ? '127.0.0.1' : bind)

/**
 * The egress listeners of a Sidecar as one consumer namespace reads them.
 *
 * A leading `~` excludes since 1.31; before, `~/*` only imported nothing itself. Rules VIS-15 … VIS-18.
 */
export const egressListeners = remembered((view: ControlPlaneView, sidecar: Sidecar, consumer: string): readonly EgressListener[] => {
  const excluding = excludesInSidecars(view.controlPlane)
  return sidecar.egress.map((egress, i) => {
    const { included, excluded } = readHosts(egress.hosts, consumer, excluding)
    const proxy = egress.port?.protocol.toUpperCase() === 'HTTP_PROXY'
    const excludes = (namespace: string, host: string): boolean =>
      matchesAny(excluded.get(namespace), host) || matchesAny(excluded.get('*'), host)
    return {
      path: `spec.egress[${i}]`,
      port: proxy || egress.port?.number === 0 ? undefined : egress.port?.number,
      routedPort: egress.port?.number,
      protocol: egress.port === undefined || proxy ? undefined : protocolOfText(egress.port.protocol),
      bind: bindOf(egress),
      exact: excluding && egress.hosts.every((entry) => !entry.includes('*') && !entry.startsWith('~')),
      excludes,
      imports: (namespace, host) =>
        (matchesAny(included.get(namespace), host) || matchesAny(included.get('*'), host)) && !excludes(namespace, host),
      importsRoutesFor: (namespace, host) =>
        (overlapsAny(included.get(namespace), host) || overlapsAny(included.get('*'), host)) && !excludes(namespace, host),
    }
  })
})

/** What a proxy without a Sidecar imports: everything that is exported to it. */
export const anything: EgressListener = {
  path: '',
  port: undefined,
  routedPort: undefined,
  protocol: undefined,
  bind: '',
  exact: false,
  imports: () => true,
  excludes: () => false,
  importsRoutesFor: () => true,
}

export const everything: readonly EgressListener[] = [anything]
