import { dottedPath } from '../../manifests/parsing/pointer-trie.js'
import { type CelInput, celEnv, isCelError, parse, plan } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import type { Fault, Step } from '../fault.js'
import type { CelRule, Schema } from '../schema.js'
import { isRecord } from '../record.js'
import { celFunctions } from './cel-functions.js'
import { celValue } from './cel-value.js'

/** What a rule says of a value: whether it holds, or why that cannot be told. */
type Outcome = boolean | { readonly error: string }

/** Faults of a value that end a rule: API servers refuse it then, as they do where the rule is broken. Any other error is one of ours. */
const faultOfValue =
  /^(Failed to parse duration|Cannot convert .* to a BigInt|field not found|not a (URL|CIDR)|No such key|index out of bounds)/i

/** Tells which rules an object breaks, the outermost first. The object has to be as its schema says otherwise: API servers ask rules of no other. */
export type CheckRules = (schema: Schema, object: unknown) => readonly Fault[]

/** Rules that are run, each made ready once. What cannot be run says nothing, but to `onError`. */
export const celRules = (onError: (rule: string, error: string) => void = () => {}): CheckRules => {
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

  const check = (schema: Schema, value: unknown, steps: readonly Step[], faults: Fault[]): void => {
    if (!schema.ruled || value === null || value === undefined) return
    if (schema.rules.length > 0) {
      const self = celValue(schema, value)
      const broken = schema.rules.filter((rule) => isBroken(rule, self))
      for (const rule of broken) faults.push({ kind: 'RULE_BROKEN', path: dottedPath(steps), says: saying(rule) })
    }
    for (const [step, below, held] of partsOf(schema, value)) check(below, held, [...steps, step], faults)
  }

  return (schema, object) => {
    const faults: Fault[] = []
    check(schema, object, [], faults)
    return faults
  }
}

type Part = readonly [step: Step, schema: Schema, value: unknown]

/** What is inside of a value and may have rules of its own. */
const partsOf = ({ items, fields, values }: Schema, value: unknown): readonly Part[] => {
  if (Array.isArray(value)) return items?.ruled === true ? value.map((item, at): Part => [at, items, item]) : []
  if (!isRecord(value)) return []
  return Object.keys(value).flatMap((name): readonly Part[] => {
    const below = fields?.get(name)?.schema ?? values
    return below?.ruled === true ? [[name, below, value[name]]] : []
  })
}

const saying = ({ rule, message }: CelRule): string => `breaks a rule of its kind: ${message ?? `\`${rule}\``}`
