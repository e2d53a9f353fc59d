import { limits } from './limits.js'

/** Of a text with more lists and maps than may be built, in whichever language it is. */
export const tooManyContainers = {
  code: 'TOO_MANY_VALUES',
  detail: `a text may hold at most ${limits.containers} lists and maps`,
} as const
