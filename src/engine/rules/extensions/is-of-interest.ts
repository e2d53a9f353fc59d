import type { Raw } from '../../resources/reading.js'
import { annotationFaults } from './annotation-faults.js'
import { deprecatedFields } from './deprecated-fields.js'
import { isGatewayDefinition } from './is-gateway-definition.js'
import { negativeConditions } from './negative-conditions.js'

const hasAny = (found: Iterator<unknown>): boolean => found.next().done !== true

/** Is there anything about the object, as it was written, that a rule about extensions and what else surrounds a mesh may tell? */
export const isOfInterest = (object: Raw): boolean =>
  isGatewayDefinition(object) || hasAny(annotationFaults(object)) || hasAny(negativeConditions(object)) || hasAny(deprecatedFields(object))
