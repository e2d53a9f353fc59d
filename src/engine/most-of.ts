/** The greatest of numbers, however many (`add-all.ts`); of none what `Math.max` has. */
export const mostOf = (numbers: readonly number[]): number => numbers.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
