import { pausing } from '../../pause.js'
import { rulesOf } from '../../istiod/destination-rules/rules-of.js'
import type { MergedRule } from '../../istiod/destination-rules/merged-rule.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

interface Lost {
  readonly by: DestinationRule
  readonly policy: boolean
  readonly subsets: readonly string[]
}

/** What a rule's part in an entry of its host leaves out of it; the first of an entry is whole. */
function lostIn({ rules, policy, subsets }: MergedRule, rule: DestinationRule): Lost | undefined {
  const [by] = rules
  if (by === undefined || by === rule || !rules.includes(rule)) return undefined
  return {
    by,
    policy: rule.policy !== undefined && policy !== rule.policy,
    subsets: rule.subsets.filter((subset) => !subsets.includes(subset)).map(({ name }) => name),
  }
}

/** Settings of a rule that are in no entry in which its proxies find it (ROUTE-23). */
function lostOf(entries: readonly MergedRule[], rule: DestinationRule): Lost | undefined {
  const found = entries.filter(({ rules }) => rules.includes(rule)).map((entry) => lostIn(entry, rule))
  const [first] = found
  return first !== undefined && found.every((one) => one !== undefined && (one.policy || one.subsets.length > 0)) ? first : undefined
}

function tell({ by, policy, subsets }: Lost): string {
  const named = subsets.map((name) => `\`${name}\``).join(', ')
  const what = [...(policy ? ['its `trafficPolicy`'] : []), ...(subsets.length > 0 ? [`its subsets ${named}`] : [])].join(' and ')
  return `DestinationRule \`${by.meta.namespace}/${by.meta.name}\` is for this host too and comes first: rules of one namespace and host are merged, what the first one says stays, and ${what} of this one has no effect; put both into one`
}

function* breachesIn(view: ControlPlaneView): Iterable<Breach> {
  for (const namespace of view.configuration.destinationRules.keys()) {
    const { own, exported } = rulesOf(view, namespace)
    const told = new Set<DestinationRule>()
    for (const { rules: byHost } of [own, exported]) {
      for (const entries of byHost.values()) {
        if (entries.every(({ rules }) => rules.length < 2)) continue
        for (const rule of pausing(new Set(entries.flatMap(({ rules }) => rules)))) {
          const lost = told.has(rule) ? undefined : lostOf(entries, rule)
          if (lost === undefined || (!lost.policy && lost.subsets.length === 0)) continue
          told.add(rule)
          yield { on: view.ref(rule.meta, 'spec.host'), message: tell(lost) }
        }
      }
    }
  }
}

export const ruleMergedAway: Rule = {
  code: 'CON109',
  name: 'rule-merged-away',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA0201'],
  summary: 'Two DestinationRules of a namespace are for one host, and part of the later one is left out (ROUTE-23).',
  *check(snapshot): Iterable<Breach> {
    for (const { views } of configurationsOf(snapshot)) if (views[0] !== undefined) yield* breachesIn(views[0])
  },
}
