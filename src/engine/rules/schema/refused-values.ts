import type { FaultKind } from '../../schemas/fault.js'
import type { Breach, Rule } from '../rule.js'
import { faultsOf, type PlacedFault } from './faulty-objects.js'

type Told = Pick<Rule, 'code' | 'name' | 'summary'>

/** A rule for each kind of fault for which an API server refuses an object. */
const refusing = (kind: FaultKind, told: Told): Rule => ({
  ...told,
  severity: 'ERROR',
  istio: ['IST0106'],
  kiali: [],
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const placed of faultsOf(snapshot, originals, kind)) yield refused(placed)
  },
})

const refused = ({ cluster, original, checked, fault: { path, says } }: PlacedFault): Breach => {
  const { kind, apiVersion } = original
  const what = `${path === '' ? `the ${kind}` : `\`${path}\``} ${says}`
  const on = path === '' ? cluster.ref(original) : cluster.ref(original, path)
  if (!isExperimental(apiVersion))
    return { on, message: `${what}; an API server refuses the ${kind}, and what was there before stays in force` }
  return { on, severity: 'WARNING', message: `${what}, as ${checked.kind.source} has this experimental kind; another release may take it` }
}

/** Kinds that change from release to release; which of them a cluster has, no object says. */
const isExperimental = (apiVersion: string): boolean => apiVersion.startsWith('gateway.networking.x-k8s.io/')

export const refusedValues: readonly Rule[] = [
  refusing('WRONG_TYPE', {
    code: 'SCH102',
    name: 'wrong-type',
    summary: 'A field holds another type of value than its kind prescribes: an API server refuses the object.',
  }),
  refusing('NOT_ALLOWED', {
    code: 'SCH103',
    name: 'value-not-allowed',
    summary: 'A field holds a value that is none of those that its kind allows.',
  }),
  refusing('OUT_OF_RANGE', {
    code: 'SCH104',
    name: 'value-out-of-bounds',
    summary: 'A number, a text or a list is outside of the bounds, or not of the form, that its kind prescribes.',
  }),
  refusing('MISSING', { code: 'SCH105', name: 'field-missing', summary: 'A field that its kind requires is not there.' }),
  refusing('REPEATED', {
    code: 'SCH106',
    name: 'entry-repeated',
    summary: 'A list repeats an entry, or what tells its entries apart.',
  }),
  refusing('RULE_BROKEN', {
    code: 'SCH107',
    name: 'kind-rule-broken',
    summary: 'An object breaks a rule that its CustomResourceDefinition states about several of its fields, or about one value.',
  }),
]
