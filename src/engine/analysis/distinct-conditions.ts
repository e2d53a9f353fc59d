import type { Condition } from '../model/step.js'

/** Each condition once. */
export const distinctConditions = (conditions: readonly Condition[]): readonly Condition[] =>
  conditions.length < 2
    ? conditions
    : [...new Map(conditions.map((condition) => [`${condition.on} ${condition.message}`, condition])).values()]
