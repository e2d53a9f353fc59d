import { remembered } from '../../remembered.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { domainSuffix, qualify, widenings, type Wildcards, wildcardsAmong } from '../matching/hosts.js'

interface RuleIndex {
  readonly byHost: ReadonlyMap<string, readonly DestinationRule[]>
  readonly wildcards: Wildcards
}

const indexOf = remembered((view: ControlPlaneView): RuleIndex => {
  const byHost = new Map<string, DestinationRule[]>()
  for (const list of view.configuration.destinationRules.values()) {
    for (const rule of list) {
      const host = qualify(rule.host, rule.meta.namespace, domainSuffix(view))
      const known = byHost.get(host)
      if (known === undefined) byHost.set(host, [rule])
      else known.push(rule)
    }
  }
  return { byHost, wildcards: wildcardsAmong(byHost.keys()) }
})

/** Every DestinationRule for the host, in whichever namespace it stands. */
export function rulesOver(view: ControlPlaneView, host: string): readonly DestinationRule[] {
  const { byHost, wildcards } = indexOf(view)
  return widenings(host, wildcards).flatMap((name) => byHost.get(name) ?? [])
}
