import type { Problem } from '../model/app-error.js'

export type Problematic = { readonly problem: Problem }

/** Why a subject means nobody. */
export const problem = (code: Problem['code'], message: string, suggestions: readonly string[] = []): Problematic => ({
  problem: { code, message, details: suggestions.length === 0 ? {} : { suggestions } },
})
