import { pausing } from '../../pause.js'
import type { AuthorizationPolicy, PolicyOperation, PolicyRule, PolicySource } from '../../resources/istio/authorization-policy.js'

/** A value that a policy's rule asks for, or, negated, must not find. */
export interface StatedValue {
  readonly rule: number
  readonly value: string
  readonly negated: boolean
  readonly path: string
}

type SourceField = 'principals' | 'requestPrincipals' | 'namespaces' | 'serviceAccounts' | 'trustDomains' | 'ipBlocks' | 'remoteIpBlocks'
type OperationField = 'hosts' | 'ports' | 'methods' | 'paths'

const negationOf = <F extends string>(field: F): `not${Capitalize<F>}` =>
  `not${field.charAt(0).toUpperCase()}${field.slice(1)}` as `not${Capitalize<F>}`

function* ofList(values: readonly string[], at: string, rule: number, negated: boolean): Generator<StatedValue> {
  for (const [index, value] of pausing(values.entries())) yield { rule, value, negated, path: `${at}[${index}]` }
}

/** What the sources of a policy say in a field, or its conditions by the key that means the same. */
export function* sourceValues(policy: AuthorizationPolicy, field: SourceField, key: string): Generator<StatedValue> {
  for (const [rule, { from }] of policy.rules.entries()) {
    for (const [index, source] of from.entries()) {
      const at = `spec.rules[${rule}].from[${index}].source`
      yield* ofList(source[field], `${at}.${field}`, rule, false)
      yield* ofList(source[negationOf(field)], `${at}.${negationOf(field)}`, rule, true)
    }
  }
  yield* conditionValues(policy, key)
}

/** The same of its operations. */
export function* operationValues(policy: AuthorizationPolicy, field: OperationField, key?: string): Generator<StatedValue> {
  for (const [rule, { to }] of policy.rules.entries()) {
    for (const [index, operation] of to.entries()) {
      const at = `spec.rules[${rule}].to[${index}].operation`
      yield* ofList(operation[field], `${at}.${field}`, rule, false)
      yield* ofList(operation[negationOf(field)], `${at}.${negationOf(field)}`, rule, true)
    }
  }
  if (key !== undefined) yield* conditionValues(policy, key)
}

function* conditionValues({ rules }: AuthorizationPolicy, key: string): Generator<StatedValue> {
  for (const [rule, { when }] of rules.entries()) {
    for (const [index, condition] of when.entries()) {
      if (condition.key !== key) continue
      const at = `spec.rules[${rule}].when[${index}]`
      yield* ofList(condition.values, `${at}.values`, rule, false)
      yield* ofList(condition.notValues, `${at}.notValues`, rule, true)
    }
  }
}

type Alive = (value: string) => boolean

/** Values of which none can be met. */
const allDead = (values: readonly string[], isAlive: Alive): boolean => values.length > 0 && !values.some(isAlive)

const failsCondition = ({ when }: PolicyRule, key: string, isAlive: Alive): boolean =>
  when.some((condition) => condition.key === key && allDead(condition.values, isAlive))

/** Can the rule match nobody, because of what it asks of its sources by this field? */
export const sourcesFail = (rule: PolicyRule, field: SourceField & keyof PolicySource, key: string, isAlive: Alive): boolean =>
  (rule.from.length > 0 && rule.from.every((source) => allDead(source[field], isAlive))) || failsCondition(rule, key, isAlive)

/** Can the rule match nothing, because of what it asks of operations by this field? */
export const operationsFail = (rule: PolicyRule, field: OperationField & keyof PolicyOperation, isAlive: Alive, key = ''): boolean =>
  (rule.to.length > 0 && rule.to.every((operation) => allDead(operation[field], isAlive))) || failsCondition(rule, key, isAlive)
