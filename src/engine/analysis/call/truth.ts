/** What may be said of a test: UNKNOWN where the question does not give what it looks at, or where it cannot be followed. */
export type Truth = 'YES' | 'NO' | 'UNKNOWN'

/** All must hold: one NO decides, then one UNKNOWN. */
export const every = (truths: readonly Truth[]): Truth => (truths.includes('NO') ? 'NO' : truths.includes('UNKNOWN') ? 'UNKNOWN' : 'YES')

/** One must hold: one YES decides, then one UNKNOWN. */
export const some = (truths: readonly Truth[]): Truth => (truths.includes('YES') ? 'YES' : truths.includes('UNKNOWN') ? 'UNKNOWN' : 'NO')

export const not = (truth: Truth): Truth => (truth === 'UNKNOWN' ? truth : truth === 'YES' ? 'NO' : 'YES')
