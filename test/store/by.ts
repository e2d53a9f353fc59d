import type { By } from '#store/store'

/** Whoever changes something in a test. */
export const by: By = { who: 'operator', deed: 'test', address: null }
