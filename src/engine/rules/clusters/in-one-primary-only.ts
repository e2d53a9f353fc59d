/**
 * Which objects does one primary of a mesh read, and another does not, though it matters to its proxies?
 *
 * Control planes share endpoints, not configuration: each reads the Istio objects of its own cluster (MODEL-16). A route or rule counts where the
 * service runs in both clusters and the other one has nothing for it, a policy where a workload that it selects runs in both (ROUTE-20, AUTHZ-1):
 * what is only there once is often meant to be.
 */
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { type Configuration, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { hasSidecars, primariesOf, runsInBoth, workloadInBoth } from './primaries.js'

interface Policy {
  readonly meta: Meta
  readonly selector?: Labels
  readonly targetRefs?: readonly unknown[]
}

const policyKinds = ['authorizationPolicies', 'peerAuthentications', 'requestAuthentications'] as const
type PolicyKind = (typeof policyKinds)[number]

const routedHosts = remembered(
  (view: ControlPlaneView): ReadonlySet<string> =>
    new Set(
      [...view.configuration.virtualServices.values()]
        .flat()
        .flatMap(({ hosts, meta }) => hosts.map((host) => qualify(host, meta.namespace, domainSuffix(view)))),
    ),
)

/** The host of the VirtualService that the other one's proxies call without it. */
function unrouted(item: VirtualService, view: ControlPlaneView, other: ControlPlaneView): string | undefined {
  if (!boundGateways(item.gateways, item.meta.namespace).includes('mesh') || !hasSidecars(other)) return undefined
  const hosts = item.hosts.map((host) => qualify(host, item.meta.namespace, domainSuffix(view)))
  return hosts.find((host) => runsInBoth(host, view, other) && !routedHosts(other).has(host))
}

function unruled(rule: DestinationRule, view: ControlPlaneView, other: ControlPlaneView): string | undefined {
  const host = qualify(rule.host, rule.meta.namespace, domainSuffix(view))
  return hasSidecars(other) && runsInBoth(host, view, other) && rulesOver(other, host).length === 0 ? host : undefined
}

const sameSelector = (a: Labels = {}, b: Labels = {}): boolean => Object.keys(a).length === Object.keys(b).length && selectorMatches(a, b)

/** A workload that runs in both clusters, and that the policy selects in one only. */
function unguarded(kind: PolicyKind, policy: Policy, view: ControlPlaneView, other: ControlPlaneView): Workload | undefined {
  const { meta, selector = {}, targetRefs = [] } = policy
  if (targetRefs.length > 0 || meta.namespace === other.controlPlane.meshConfig.rootNamespace) return undefined
  const theirs: readonly Policy[] = other.configuration[kind].get(meta.namespace) ?? []
  if (theirs.some((policy) => sameSelector(policy.selector, selector))) return undefined
  return workloadInBoth(view, other, meta.namespace, (labels) => selectorMatches(selector, labels))
}

const withSame = (list: readonly { readonly meta: Meta }[] | undefined, { name }: Meta): boolean =>
  list?.some(({ meta }) => meta.name === name) === true

function* breachesBetween(here: Configuration, view: ControlPlaneView, other: ControlPlaneView): Iterable<Breach> {
  const there = other.configCluster
  if (there === undefined) return
  const who = `control plane \`${other.controlPlane.name}\` reads no such object in cluster \`${there.name}\``
  for (const { object } of objectsOf(here, 'virtualServices')) {
    const host = withSame(other.configuration.virtualServices.get(object.meta.namespace), object.meta)
      ? undefined
      : unrouted(object, view, other)
    if (host === undefined || isUnread([there], 'virtualServices', object.meta.namespace)) continue
    yield {
      on: view.ref(object.meta),
      message: `${who}: its proxies call \`${host}\` without these routes; apply it there too`,
    }
  }
  for (const { object } of objectsOf(here, 'destinationRules')) {
    const host = withSame(other.configuration.destinationRules.get(object.meta.namespace), object.meta)
      ? undefined
      : unruled(object, view, other)
    if (host === undefined || isUnread([there], 'destinationRules', object.meta.namespace)) continue
    const subsets = object.subsets.length === 0 ? '' : ', and its gateways do not know these subsets'
    yield { on: view.ref(object.meta), message: `${who}: its proxies call \`${host}\` without this policy${subsets}; apply it there too` }
  }
  for (const kind of policyKinds) yield* policiesBetween(kind, here, view, other, who)
}

function* policiesBetween(
  kind: PolicyKind,
  here: Configuration,
  view: ControlPlaneView,
  other: ControlPlaneView,
  who: string,
): Iterable<Breach> {
  for (const { object } of objectsOf(here, kind)) {
    const twin = withSame(other.configuration[kind].get(object.meta.namespace), object.meta)
    const workload = twin ? undefined : unguarded(kind, object, view, other)
    if (workload === undefined || isUnread([other.configCluster], kind, object.meta.namespace)) continue
    const message = `${who}: workload \`${workload.owner.name}\` of cluster \`${workload.cluster}\`, which runs here too and is selected, goes without it there; apply it there too`
    yield { on: view.ref(object.meta), message }
  }
}

/** In both directions. */
function* pairsOf(snapshot: Snapshot): Iterable<readonly [Configuration, ControlPlaneView, ControlPlaneView]> {
  for (const primaries of primariesOf(snapshot))
    for (const here of primaries) for (const there of primaries) if (here !== there) yield [here.configuration, here.view, there.view]
}

export const inOnePrimaryOnly: Rule = {
  code: 'DIF103',
  name: 'in-one-primary-only',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'One primary of a mesh reads a route, rule or policy that another one lacks for its own proxies (MODEL-16).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const pair of pairsOf(snapshot)) {
      for (const breach of breachesBetween(...pair)) {
        const { cluster, kind, namespace, name } = breach.on
        const key = [cluster, kind, namespace, name].join(' ')
        if (told.has(key)) continue
        told.add(key)
        yield breach
      }
    }
  },
}
