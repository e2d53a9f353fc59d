import type { Rule } from '../rule.js'
import { fieldTooNew } from './field-too-new.js'
import { refusedValues } from './refused-values.js'
import { unknownField } from './unknown-field.js'
import { versionNotServed } from './version-not-served.js'

/** What the schemas of kinds refuse, drop or do not know. */
export const schemaRules: readonly Rule[] = [unknownField, ...refusedValues, fieldTooNew, versionNotServed]
