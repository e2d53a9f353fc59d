import type { Rule } from '../rule.js'

/** Ports that lead nowhere, or are read otherwise than meant. */
export const portRules: readonly Rule[] = []
