import { helpOf } from './help-of.js'
import type { Assumption, Condition, ToldAssumption, ToldCondition } from '../../model/step.js'

/** Assumptions as an answer tells them. */
export const tellAssumptions = (assumptions: readonly Assumption[]): ToldAssumption[] =>
  assumptions.map(({ code, message, because, general = false }) => ({ code, message, because, general, help: helpOf(code) }))

/** Conditions as an answer tells them. */
export const tellConditions = (conditions: readonly Condition[]): ToldCondition[] =>
  conditions.map(({ code, on, message, because }) => ({ code, on, message, because, help: helpOf(code) }))
