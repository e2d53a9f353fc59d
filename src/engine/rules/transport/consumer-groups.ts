/**
 * Which consumers apply the same DestinationRule to a service?
 *
 * Nearly all namespaces have no rules of their own and are told the same by others: they are one group, judged once. Namespaces with a rule for the
 * service's name, and consumers that a rule selects, are groups of their own. Rules ROUTE-20 … ROUTE-24.
 */
import { groupBy } from '../../group-by.js'
import { effectiveRule, isToldToAll } from '../../istiod/destination-rules/effective-rule.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { covers, isWildcard } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { type Consumer, consumersOf, labelsOf } from '../consumers.js'

export interface ConsumerGroup {
  readonly rule: RuleInForce | undefined
  readonly consumers: readonly Consumer[]
}

interface Namespaces {
  readonly all: readonly Consumer[]
  readonly byName: ReadonlyMap<string, readonly Consumer[]>
  /** Those with rules for the service, by service. */
  readonly withRules: ReadonlyMap<MeshService, ReadonlySet<string>>
}

const noNames: ReadonlySet<string> = new Set()

const namespacesOf = remembered((view: ControlPlaneView): Namespaces => {
  const all = consumersOf(view)
  const byName = groupBy(all, ({ scope }) => scope.namespace)
  const withRules = new Map<MeshService, Set<string>>()
  for (const [namespace, rules] of view.configuration.destinationRules) {
    if (!byName.has(namespace)) continue
    for (const host of new Set(rules.map((rule) => qualify(rule.host, namespace, domainSuffix(view))))) {
      for (const service of servicesUnder(view, host)) withRules.set(service, (withRules.get(service) ?? new Set()).add(namespace))
    }
  }
  return { all, byName, withRules }
})

const servicesUnder = (view: ControlPlaneView, host: string): readonly MeshService[] =>
  isWildcard(host) ? view.services.filter(({ hostname }) => covers(host, hostname)) : view.servicesByHost(host)

/** Each group of consumers of the control plane with the rule that it applies to the service. */
export function* consumerGroups(view: ControlPlaneView, service: MeshService): Generator<ConsumerGroup> {
  const { all, byName, withRules } = namespacesOf(view)
  const own = withRules.get(service) ?? noNames
  for (const namespace of own) for (const consumer of byName.get(namespace) ?? []) yield* byLabels(view, service, consumer)
  const others = own.size === 0 ? all : all.filter(({ scope }) => !own.has(scope.namespace))
  const [first] = others
  if (first === undefined) return
  if (isToldToAll(view, service)) yield { rule: effectiveRule(view, first.scope.namespace, {}, service), consumers: others }
  else for (const consumer of others) yield* byLabels(view, service, consumer)
}

function* byLabels(view: ControlPlaneView, service: MeshService, consumer: Consumer): Generator<ConsumerGroup> {
  const rules = new Set(labelsOf(consumer).map((labels) => effectiveRule(view, consumer.scope.namespace, labels, service)))
  for (const rule of rules) yield { rule, consumers: [consumer] }
}
