import { conditions, type FixedConditionCode, type NamingConditionCode } from '../../model/conditions.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Condition } from '../../model/step.js'

/** A condition of a kind that always depends on the same. */
export const condition = (code: FixedConditionCode, message: string, because: ResourceRef[]): Condition => ({
  code,
  on: conditions[code].on,
  message,
  because,
})

/** A condition that names the attribute that it depends on, such as `path` or `header x-user`. */
export const conditionOn = (code: NamingConditionCode, on: string, message: string, because: ResourceRef[]): Condition => ({
  code,
  on,
  message,
  because,
})
