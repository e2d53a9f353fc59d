import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { covers, isWildcard } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import { consumersOf } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

const consumingNamespaces = remembered(
  (view: ControlPlaneView): ReadonlySet<string> => new Set(consumersOf(view).map(({ scope }) => scope.namespace)),
)

const namespacesOf = (view: ControlPlaneView, host: string): ReadonlySet<string> =>
  new Set(
    (isWildcard(host) ? view.services.filter(({ hostname }) => covers(host, hostname)) : view.servicesByHost(host)).map(
      ({ namespace }) => namespace,
    ),
  )

/**
 * Rules of a namespace that is neither the service's nor the root namespace are for its own proxies; undefined: the rule is not one of these, or
 * they have some.
 */
function breachIn(view: ControlPlaneView, { meta, host: written }: DestinationRule): Breach | undefined {
  const host = qualify(written, meta.namespace, domainSuffix(view))
  const consuming = consumingNamespaces(view)
  if (meta.namespace === view.controlPlane.meshConfig.rootNamespace || consuming.size === 0 || consuming.has(meta.namespace))
    return undefined
  if (
    isUnread(view.snapshot.clusters.values(), 'pods', meta.namespace) ||
    isUnread(view.snapshot.clusters.values(), 'podControllers', meta.namespace)
  )
    return undefined
  const homes = namespacesOf(view, host)
  if (homes.size === 0 || homes.has(meta.namespace)) return undefined
  const [home] = homes
  // Of workloads that are somebody else's a document may say nothing.
  const isGiven = view.workloads(meta.namespace).length > 0
  const message = `namespace \`${meta.namespace}\` is not that of \`${host}\`, so that only its own proxies look at the rule, whatever it is exported to, and ${isGiven ? 'it has none' : 'none is given'}: the rule has no effect; move it to namespace \`${home}\` or to that of the callers`
  return { on: view.ref(meta, 'metadata.namespace'), severity: isGiven ? 'WARNING' : 'INFO', message }
}

export const ruleNobodyReads: Rule = {
  code: 'DST107',
  name: 'rule-nobody-reads',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA0202'],
  summary: 'A DestinationRule stands in a namespace where no lookup of any caller comes by (ROUTE-20, ROUTE-22).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'destinationRules')) {
        const breaches = views.map((view) => breachIn(view, object))
        const [first] = breaches
        if (first !== undefined && breaches.every((breach) => breach !== undefined)) yield first
      }
    }
  },
}
