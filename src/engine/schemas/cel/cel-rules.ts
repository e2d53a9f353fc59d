import { dottedPath } from '../../manifests/parsing/pointer-trie.js'
import { type CelInput, celEnv, isCelError, parse, plan } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import { remembered } from '../../remembered.js'
import type { Fault, Step } from '../fault.js'
import type { CelRule, Schema } from '../schema.js'
import { isRecord } from '../record.js'
import { celFunctions } from './cel-functions.js'
import { celValue } from './cel-value.js'
import { isSmall } from './is-small.js'

/** What a rule says of a value: whether it holds, or why that cannot be told. */
type Outcome = boolean | { readonly error: string }

/** Faults of a value that end a rule: API servers refuse it then, as they do where the rule is broken. Any other error is one of ours. */
const faultOfValue =
  /^(Failed to parse duration|Cannot convert .* to a BigInt|field not found|not a (URL|CIDR)|No such key|index out of bounds)/i

/**
 * Tells which rules an object breaks, the outermost first. The object has to be as its schema says otherwise: API servers ask rules of no other.
 *
 * What it tells of small values is kept with `among`, the objects that it is one of: routes have their paths, references and timeouts in common, and clusters
 * their routes.
 */
export type CheckRules = (schema: Schema, object: unknown, among: object) => readonly Fault[]

/** Characters of a value that may well be there again. */
const small = 1000

/** Called with a rule that cannot be run, and why. */
type OnError = (rule: string, error: string) => void

/** Tells which of its schema's rules a value breaks. Each rule is made ready once. */
const runRules = (onError: OnError): ((schema: Schema, value: unknown) => readonly CelRule[]) => {
  const env = celEnv({ funcs: [...strings, ...celFunctions] })
  const ready = new Map<string, (self: CelInput) => Outcome>()

  const readyFor = (rule: string): ((self: CelInput) => Outcome) => {
    const known = ready.get(rule)
    if (known !== undefined) return known
    const run = plan(env, parse(rule)) as (bindings: { readonly self: CelInput }) => unknown
    const made = (self: CelInput): Outcome => {
      const result = run({ self })
      return typeof result === 'boolean' ? result : { error: isCelError(result) ? result.message : 'not true or false' }
    }
    ready.set(rule, made)
    return made
  }

  const isBroken = ({ rule }: CelRule, self: CelInput): boolean => {
    const outcome = readyFor(rule)(self)
    if (typeof outcome === 'boolean') return !outcome
    if (faultOfValue.test(outcome.error)) return true
    onError(rule, outcome.error)
    return false
  }

  return (schema, value) => {
    const self = celValue(schema, value)
    return schema.rules.filter((rule) => isBroken(rule, self))
  }
}

/** Rules that are run. What cannot be run says nothing, but to `onError`. */
export const celRules = (onError: OnError = () => {}): CheckRules => {
  const brokenBy = runRules(onError)
  const brokenByText = remembered((_among: object, schema: Schema, text: string): readonly CelRule[] => brokenBy(schema, JSON.parse(text)))

  const check = (among: object, schema: Schema, value: unknown, steps: readonly Step[], faults: Fault[]): void => {
    if (!schema.ruled || value === null || value === undefined) return
    if (schema.rules.length > 0) {
      const broken = isSmall(value, small) ? brokenByText(among, schema, JSON.stringify(value)) : brokenBy(schema, value)
      for (const rule of broken) faults.push({ kind: 'RULE_BROKEN', path: dottedPath(steps), says: saying(rule) })
    }
    checkWithin(among, schema, value, steps, faults)
  }

  /** What is inside of a value and may have rules of its own. */
  const checkWithin = (among: object, { items, fields, values }: Schema, value: unknown, steps: readonly Step[], faults: Fault[]): void => {
    if (Array.isArray(value)) {
      if (items?.ruled === true) for (const [at, item] of value.entries()) check(among, items, item, [...steps, at], faults)
    } else if (isRecord(value)) {
      for (const name of Object.keys(value)) {
        const below = fields?.get(name)?.schema ?? values
        if (below?.ruled === true) check(among, below, value[name], [...steps, name], faults)
      }
    }
  }

  return (schema, object, among) => {
    const faults: Fault[] = []
    check(among, schema, object, [], faults)
    return faults
  }
}

const saying = ({ rule, message }: CelRule): string => `breaks a rule of its kind: ${message ?? `\`${rule}\``}`
