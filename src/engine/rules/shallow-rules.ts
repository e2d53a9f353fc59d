import { controlPlaneUnknown, factContradicted, referenceUnknown } from './document/inconsistent-facts.js'
import { unknownKind, unreadablePart } from './document/object-shapes.js'
import type { Rule } from './rule.js'
import { unreadableValue } from './document/unreadable-values.js'

/** Rules that need no control plane's view: cheap enough to warn of with every append. */
export const shallowRules: readonly Rule[] = [
  referenceUnknown,
  factContradicted,
  controlPlaneUnknown,
  unreadableValue,
  unreadablePart,
  unknownKind,
]
