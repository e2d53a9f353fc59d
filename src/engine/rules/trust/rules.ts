import type { Rule } from '../rule.js'
import { unrelatedRoots } from './unrelated-roots.js'

/** Whether workloads trust each other's certificates. */
export const trustRules: readonly Rule[] = [unrelatedRoots]
