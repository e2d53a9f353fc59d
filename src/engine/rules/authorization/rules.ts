import type { Rule } from '../rule.js'
import { policySelectsNothing } from './policy-selects-nothing.js'
import { unknownNamespace } from './unknown-namespace.js'

/** Authorization policies that do not say what they are meant to. */
export const authorizationRules: readonly Rule[] = [policySelectsNothing, unknownNamespace]
