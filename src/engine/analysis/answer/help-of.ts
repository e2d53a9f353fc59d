import type { AssumptionCode } from '../../model/assumptions.js'
import type { ConditionCode } from '../../model/conditions.js'
import type { ReasonCode } from '../../model/reasons.js'

/** Where the page of a code stands: below the service, and by the same words in `sightline explain`. */
export const helpOf = (code: ReasonCode | AssumptionCode | ConditionCode): string => `/reasons/${code}`
