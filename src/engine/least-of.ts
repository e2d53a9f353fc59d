/** The least of numbers, however many (`add-all.ts`); of none what `Math.min` has. */
export const leastOf = (numbers: readonly number[]): number =>
  numbers.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
