import type { Problem } from '../model/app-error.js'

/** Did a question turn out to be one that cannot be asked? */
export const isProblem = <T extends object>(result: T | { readonly problem: Problem }): result is { readonly problem: Problem } =>
  'problem' in result
