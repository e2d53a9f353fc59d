import type { Rule } from '../rule.js'

/** ServiceEntries that collide, or capture what is not theirs. */
export const entryRules: readonly Rule[] = []
