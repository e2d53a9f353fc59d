import type { Rule } from '../rule.js'

/** Objects of which one takes what another is written for. */
export const contestRules: readonly Rule[] = []
