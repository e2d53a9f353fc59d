import { failure } from '../failure.js'

/** How many versions, as a flag says it: at least one. */
export function readCount(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw failure('input', `\`--${flag} ${text}\` is not a number of versions`)
}
