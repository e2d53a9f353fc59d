import type { ResourceRef } from '../../model/resource-ref.js'
import type { RouteDestination } from '../../resources/istio/virtual-service.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { listSome } from '../answer/list-some.js'
import { explainAlias } from '../scope/explain-alias.js'
import { leftOut } from '../scope/left-out.js'
import { groupBy } from '../../group-by.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import { covers } from '../../snapshot/covers.js'
import { titleOf } from '../../snapshot/references.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { spelledHost } from './spelled-host.js'
import type { ProxyScope, ScopedService } from '../../istiod/scope/proxy-scope.js'
import type { FindNear } from '../call/untold-step.js'
import { nearRules } from '../near/near-rules.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Routed, RouteTarget } from '../call/stage-values.js'
import { subsetNamed } from '../../istiod/destination-rules/subset-named.js'

export type Alternative = Routed['alternatives'][number]
export type End = NonNullable<Alternative['ends']>

/** Where destinations are looked up: the proxy's scope, and how a destination without port gets one (ROUTE-5). */
export interface RoutingContext {
  readonly scope: ProxyScope
  readonly labels: Readonly<Record<string, string>>
  /** The port listened on. */
  readonly port: number
  /** HTTP on a sidecar keeps the listener's port; elsewhere a service's only port wins. */
  readonly keepsPort: boolean
  /** Whose proxy it is, where somebody is told what nearly had a say. */
  readonly caller?: Pick<Workload, 'namespace' | 'labels' | 'owner'>
}

const unknown = (message: string, because: readonly ResourceRef[], near?: FindNear): End => ({
  reason: 'UNKNOWN_CLUSTER',
  message,
  because,
  delivered: false,
  ...(near === undefined ? {} : { near }),
})

/** The upstream cluster that a destination names, or why the proxy has none of that name (ROUTE-5, ROUTE-6, EDS-27). */
export function findTarget(
  context: RoutingContext,
  destination: RouteDestination,
  owner: string,
  share: number,
  because: readonly ResourceRef[],
): RouteTarget | End {
  const { scope } = context
  const host = qualify(destination.host, owner, domainSuffix(scope.view))
  const service = findDestination(context, host)
  if (service === undefined) {
    const why = explain(context, host)
    return unknown(`the route leads to \`${host}\`, which the proxy does not have${why.message}`, [...because, ...why.because])
  }
  const misspelled = misspell(service, destination)
  if (misspelled !== undefined) return unknown(misspelled, because)
  const only = service.ports.length === 1 ? service.ports[0]?.number : undefined
  const number = destination.port ?? (context.keepsPort ? context.port : (only ?? context.port))
  const port = service.ports.find((one) => one.number === number)
  const known = scope.services.get(service.hostname)?.ports.includes(number) ?? false
  if (port === undefined || !known) return unknown(`the route leads to port ${number} of \`${host}\`, which has no such port`, because)
  return targetOf(context, service, port, destination.subset, share, because)
}

/** Clusters are named after the host as its ServiceEntry writes it, and routes after what they write themselves (ROUTE-5). */
function misspell(service: MeshService, { host, spelledHost: written }: RouteDestination): string | undefined {
  const spelled = spelledHost(service)
  if (spelled === undefined || written === spelled) return undefined
  return `the route leads to \`${written ?? host}\`, and the proxy knows the host only as its ServiceEntry writes it, \`${spelled}\``
}

/**
 * A service in scope, explicitly or through the route itself; an alias of the scope is followed one hop (EDS-13). The http routes of a sidecar's
 * listener know only services that the listener imports at its port: another alias stays a name without a cluster (ROUTE-5).
 */
function findDestination(context: RoutingContext, host: string): MeshService | undefined {
  const { services } = context.scope
  const scoped = services.get(host)
  if (scoped?.service.resolution !== 'ALIAS') return scoped?.service
  if (!isFollowed(context, scoped)) return undefined
  const target = services.get(scoped.service.externalName?.toLowerCase() ?? '')?.service
  return target?.resolution === 'ALIAS' ? undefined : target
}

const isFollowed = ({ keepsPort, port }: RoutingContext, { listening }: ScopedService): boolean =>
  !keepsPort || listening.some(({ ports }) => ports.includes(port))

/** How the sentence goes on, and what it rests on. */
interface Why {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

function explain(context: RoutingContext, host: string): Why {
  const { scope } = context
  const scoped = scope.services.get(host)
  if (scoped !== undefined) return following(explainUnfollowed(context, scoped))
  const record = scope.view.servicesByHost(host)[0]
  const why = record === undefined ? leftOut(scope.view, [host]) : scope.whyHidden(record)
  return why === undefined ? { message: didYouMean(scope, host), because: [] } : following(why)
}

const following = ({ message, because }: Why): Why => ({ message: `, as ${message}`, because })

function explainUnfollowed(context: RoutingContext, scoped: ScopedService): Why {
  const { scope, port } = context
  const { service: alias, listening } = scoped
  const because = [alias.ref]
  if (!isFollowed(context, scoped)) {
    const message = `an alias is followed only where it declares the listener’s port ${port}`
    return listening.length === 0 && alias.ports.some(({ number }) => number === port) ? scope.whyHidden(alias) : { message, because }
  }
  const next = scope.view.servicesByHost(alias.externalName ?? '')[0]
  if (next?.resolution !== 'ALIAS') return { message: explainAlias(scope, alias).message, because }
  return { message: `an alias is followed one step only, and \`${alias.hostname}\` stands for another one`, because }
}

/** Every caller of a scope asks for the same names. */
const nearestIn = remembered(({ services }: ProxyScope, host: string): readonly string[] =>
  nearestNames(host, [...services.keys()]).slice(0, mostMeant),
)

function didYouMean(scope: ProxyScope, host: string): string {
  const near = nearestIn(scope, host)
  return near.length === 0 ? '' : `; did you mean ${listSome(near, 'or')}`
}

const mostMeant = 2

/** What the upstream cluster of that name is made from; undefined: the proxy has none, as where entries cannot be merged (VIS-10). */
function clusterOf(scope: ProxyScope, host: string, number: number): Pick<RouteTarget, 'service' | 'port'> | undefined {
  const scoped = scope.services.get(host)
  const port = scoped?.service.ports.find((one) => one.number === number)
  return scoped === undefined || port === undefined || !scoped.ports.includes(number) ? undefined : { service: scoped.service, port }
}

const hasSubset = (rule: RuleInForce | undefined, subset: string): boolean => subset === '' || subsetNamed(rule, subset) !== undefined

/** A cluster of the proxy; a subset that its DestinationRule does not define is none (EDS-27). */
export function targetOf(
  { scope, labels, caller }: RoutingContext,
  service: MeshService,
  port: MeshPort,
  subset: string,
  share: number,
  because: readonly ResourceRef[],
): RouteTarget | End {
  const rule = effectiveRule(scope.view, scope.namespace, labels, service)
  const cluster = clusterOf(scope, service.hostname, port.number)
  if (cluster === undefined) {
    const message = `port ${port.number} of \`${service.hostname}\` has no upstream cluster, as its entry cannot be merged with the one that stands for the host`
    return unknown(message, [...because, service.ref])
  }
  if (!hasSubset(rule, subset)) {
    const where = rule === undefined ? 'no DestinationRule applies to it' : `the DestinationRule in force defines ${names(rule.subsets)}`
    const other = definedElsewhere(scope, service, subset)
    const besides = other === undefined ? '' : `; ${titleOf(other.meta)} defines it, and is not in force for this proxy`
    const message = `the route leads to subset \`${subset}\` of \`${service.hostname}\`, but ${where}${besides}`
    const near = caller && (() => nearRules({ view: scope.view, workload: caller }, [{ service, rule }]))
    const defining = other === undefined ? [] : [scope.view.ref(other.meta)]
    return unknown(message, [...because, ...(rule?.because ?? []), ...defining], near)
  }
  const { service: named, port: served } = cluster
  const refs = rule === undefined ? because : [...because, ...rule.because]
  return { service: named, port: served, subset, share, rule, because: refs, carries: 'AS_SPOKEN', request: undefined, waypoint: undefined }
}

/** A rule for the host that has the subset, and that another hides, or that is not exported to the proxy (ROUTE-20). */
function definedElsewhere({ view }: ProxyScope, { hostname }: MeshService, subset: string): DestinationRule | undefined {
  const suffix = domainSuffix(view)
  for (const { rule } of pausing(rulesBySubset(view).get(subset) ?? []))
    if (covers(qualify(rule.host, rule.meta.namespace, suffix), hostname)) return rule
  return undefined
}

const rulesBySubset = remembered((view: ControlPlaneView) => groupBy(definitionsIn(view), ({ subset }) => subset))

function* definitionsIn({ configuration }: ControlPlaneView): Iterable<{ readonly subset: string; readonly rule: DestinationRule }> {
  for (const list of configuration.destinationRules.values())
    for (const rule of pausing(list)) for (const { name } of pausing(rule.subsets)) yield { subset: name, rule }
}

const names = (subsets: readonly { readonly name: string }[]): string =>
  subsets.length === 0 ? 'no subsets' : `only ${listSome(subsets.map((one) => one.name))}`

export const isEnd = (one: RouteTarget | End): one is End => 'delivered' in one
