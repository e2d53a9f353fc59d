import { isRaw, type Raw } from '../../resources/reading.js'
import { annotationFaults } from './annotation-faults.js'
import { deprecatedFields, mayBeDeprecated } from './deprecated-fields.js'
import { isGatewayDefinition } from './is-gateway-definition.js'
import { mayHaveConditions, negativeConditions } from './negative-conditions.js'

const hasAny = (found: Iterator<unknown>): boolean => found.next().done !== true

/** Most objects have neither annotations nor a template that could: no walk is begun for them. */
const mayBeAnnotated = ({ metadata, spec }: Raw): boolean =>
  (isRaw(metadata) && metadata['annotations'] !== undefined) || (isRaw(spec) && spec['template'] !== undefined)

/** Is there anything about the object, as it was written, that a rule about extensions and what else surrounds a mesh may tell? */
export const isOfInterest = (object: Raw): boolean =>
  isGatewayDefinition(object) ||
  (mayBeAnnotated(object) && hasAny(annotationFaults(object))) ||
  (mayHaveConditions(object) && hasAny(negativeConditions(object))) ||
  (mayBeDeprecated(object) && hasAny(deprecatedFields(object)))
