import type { Rule } from '../rule.js'
import { controlPlaneUnknown, factContradicted, referenceUnknown } from './inconsistent-facts.js'
import { unknownKind, unreadablePart } from './object-shapes.js'
import { unreadKind } from './unread-kind.js'
import { unreadableValue } from './unreadable-values.js'

/** What the document itself contradicts, refers to or cannot say. */
export const documentRules: readonly Rule[] = [
  referenceUnknown,
  factContradicted,
  controlPlaneUnknown,
  unreadKind,
  unreadableValue,
  unreadablePart,
  unknownKind,
]
