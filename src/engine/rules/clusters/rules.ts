import type { Rule } from '../rule.js'

/** Whether the clusters of a mesh agree on what they share. */
export const clusterRules: readonly Rule[] = []
