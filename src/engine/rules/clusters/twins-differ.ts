/**
 * Which objects do two primaries of a mesh read under one name, and each with other content, so that it depends on who configures a proxy how calls go?
 *
 * Each control plane reads the objects of its own cluster (MODEL-16): the caller's own routes calls (ROUTE-28), the server's own guards them (AUTHZ-1,
 * TLS-4). What nobody follows here, such as timeouts, is not compared, nor are objects for services and workloads that only one of them has.
 */
import { pausing } from '../../pause.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { canonicalTwin } from './canonical-twin.js'
import { hasSidecars, type Primary, primariesOf, workloadInBoth } from './primaries.js'

const kinds = ['virtualServices', 'destinationRules', 'authorizationPolicies', 'peerAuthentications', 'requestAuthentications'] as const

interface Compared {
  readonly meta: Meta
  readonly host?: string
  readonly hosts?: readonly string[]
  readonly gateways?: readonly string[]
  readonly selector?: Labels
}

interface Twin {
  readonly object: Compared
  readonly view: ControlPlaneView
}

/** What a read field is called where it is written. */
const written: Readonly<Record<string, string>> = { policy: 'trafficPolicy', mode: 'mtls.mode', portModes: 'portLevelMtls' }

const short = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined

interface Difference {
  readonly path: string
  readonly told: string
  readonly onlyShares: boolean
}

/** Written alike a field says the same, whatever each makes of the trust domains in it: that is told where it is found. */
const isWrittenAlike = (first: Twin, second: Twin, field: string): boolean => {
  const [one, other] = [first, second].map(({ object }) => Object.entries(object).find(([name]) => name === field)?.[1])
  return !isOther(one, other)
}

/** The first field that differs; of a list of routes, the first route. */
function differenceOf(first: Twin, second: Twin): Difference | undefined {
  const [one, other] = [canonicalTwin(first.view, first.object), canonicalTwin(second.view, second.object)]
  const key = [...new Set([...Object.keys(one), ...Object.keys(other)])].find(
    (name) => isOther(one[name], other[name]) && !isWrittenAlike(first, second, name),
  )
  if (key === undefined) return undefined
  const [a, b] = [one[key], other[key]]
  const name = written[key] ?? key
  const [from, to] = [short(a), short(b)]
  const places = [first, second].map(({ view }) => view.configCluster?.name ?? view.controlPlane.name)
  const told = from === undefined || to === undefined ? '' : `: ${from} in \`${places[0]}\`, ${to} in \`${places[1]}\``
  const at = Array.isArray(a) && Array.isArray(b) ? firstOther(a, b) : undefined
  const path = at === undefined || !isRouteList(key) ? name : `${name}[${at}]`
  const onlyShares = !isOther(canonicalTwin(first.view, first.object, true), canonicalTwin(second.view, second.object, true))
  return { path, told: `\`${path}\` differs${told}`, onlyShares }
}

const isOther = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)
const isRouteList = (key: string): boolean => key === 'http' || key === 'tls' || key === 'tcp'
const firstOther = (one: readonly unknown[], other: readonly unknown[]): number => {
  const at = one.findIndex((item, index) => isOther(item, other[index]))
  return at < 0 ? one.length : at
}

/** A service of the mesh that proxies of both call by the twins. */
function sharedHost(first: Twin, second: Twin): string | undefined {
  if (!hasSidecars(first.view) || !hasSidecars(second.view)) return undefined
  const hostsOf = ({ object: { meta, host, hosts = [], gateways }, view }: Twin): readonly string[] =>
    gateways === undefined || boundGateways(gateways, meta.namespace).includes('mesh')
      ? (host === undefined ? hosts : [host]).map((one) => qualify(one, meta.namespace, domainSuffix(view)))
      : []
  return [...hostsOf(first), ...hostsOf(second)].find((host) => isShared(host, first.view, second.view))
}

/** Do both know a Service of the same cluster by that name? */
function isShared(host: string, one: ControlPlaneView, other: ControlPlaneView): boolean {
  const [here = [], there = []] = [one, other].map((view) =>
    view.servicesByHost(host).flatMap(({ clusterLocal, definitions }) => (clusterLocal ? [] : definitions.map(({ cluster }) => cluster))),
  )
  return here.some((cluster) => there.includes(cluster))
}

/** A workload that runs under both, and that one of the twins selects. */
function sharedWorkload(first: Twin, second: Twin): string | undefined {
  const { meta } = first.object
  const isRoot = meta.namespace === first.view.controlPlane.meshConfig.rootNamespace
  const namespaces = isRoot ? (first.view.configCluster?.namespaceNames ?? []) : [meta.namespace]
  const selectors = [first, second].map(({ object }) => object.selector ?? {})
  const selects = (labels: Labels): boolean => selectors.some((selector) => selectorMatches(selector, labels))
  for (const namespace of pausing(namespaces)) {
    const workload = workloadInBoth(first.view, second.view, namespace, selects)
    if (workload !== undefined) return `${namespace}/${workload.owner.name}`
  }
  return undefined
}

const effects: Readonly<Record<string, (shared: string, first: string, second: string) => string>> = {
  virtualServices: (host, first, second) =>
    `proxies of \`${first}\` route calls to \`${host}\` by that one, those of \`${second}\` by this one`,
  destinationRules: (host, first, second) => `proxies of \`${first}\` call \`${host}\` by that one, those of \`${second}\` by this one`,
  authorizationPolicies: (name, first, second) =>
    `workload \`${name}\`, which runs under both, judges callers by that one under \`${first}\` and by this one under \`${second}\``,
  peerAuthentications: (name, first, second) =>
    `workload \`${name}\`, which runs under both, takes connections by that one under \`${first}\` and by this one under \`${second}\``,
  requestAuthentications: (name, first, second) =>
    `workload \`${name}\`, which runs under both, judges tokens by that one under \`${first}\` and by this one under \`${second}\``,
}

function breachOf(kind: (typeof kinds)[number], first: Twin, second: Twin): Breach | undefined {
  const difference = differenceOf(first, second)
  if (difference === undefined) return undefined
  const isCalled = kind === 'virtualServices' || kind === 'destinationRules'
  const shared = isCalled ? sharedHost(first, second) : sharedWorkload(first, second)
  const effect = shared === undefined ? undefined : effects[kind]?.(shared, first.view.controlPlane.name, second.view.controlPlane.name)
  if (effect === undefined) return undefined
  const where = first.view.configCluster?.name ?? ''
  return {
    on: second.view.ref(second.object.meta, difference.path === 'dryRun' ? 'metadata.annotations' : `spec.${difference.path}`),
    severity: difference.onlyShares ? 'INFO' : 'WARNING',
    message: `cluster \`${where}\` has another ${second.object.meta.kind} of this name, ${difference.told}: ${effect}; write both alike`,
  }
}

function* breachesOf(kind: (typeof kinds)[number], primaries: readonly Primary[]): Iterable<Breach> {
  const known = new Map<string, Twin>()
  for (const { configuration, view } of primaries) {
    for (const { object } of objectsOf(configuration, kind)) {
      const key = `${object.meta.namespace}/${object.meta.name}`
      const twin = { object, view }
      const first = known.get(key)
      if (first === undefined) known.set(key, twin)
      const breach = first === undefined ? undefined : breachOf(kind, first, twin)
      if (breach !== undefined) yield breach
    }
  }
}

export const twinsDiffer: Rule = {
  code: 'DIF107',
  name: 'twins-differ',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary:
    'Two primaries of a mesh read a route, rule or policy of one name with other content: calls depend on who configures a proxy (MODEL-16).',
  *check(snapshot): Iterable<Breach> {
    for (const primaries of primariesOf(snapshot)) for (const kind of kinds) yield* breachesOf(kind, primaries)
  },
}
