import { readPlainScalar } from '../plain-scalar.js'
import { namesPrototype } from '../../check-values.js'
import { colon, isGap } from './characters.js'
import type { Reader } from './reader.js'

const other = 0
const letter = 1
const inner = 2

/** What keys of manifests are made of; one that begins with a letter is no number. */
const kinds = new Uint8Array(128)
for (let unit = 0; unit < 128; unit++) {
  const character = String.fromCharCode(unit)
  if (/[A-Za-z]/.test(character)) kinds[unit] = letter
  else if (/[-0-9_./]/.test(character)) kinds[unit] = inner
}

const longestKey = 200

/**
 * A key of letters, digits and the like with its `:` at once after it, as nearly all are; undefined where it takes more to tell, and
 * nothing is read. Keys repeat: one that is remembered is not made again.
 */
export const scanSimpleKey = (reader: Reader): string | undefined => {
  const { text, pos, keys } = reader
  if (kinds[text.charCodeAt(pos)] !== letter) return undefined
  let at = pos
  let sum = 0
  let unit = text.charCodeAt(at)
  while (unit < 128 && kinds[unit] !== other) {
    sum = (sum * 31 + unit) | 0
    unit = text.charCodeAt(++at)
  }
  const length = at - pos
  if (unit !== colon || length > longestKey || !isGap(text.charCodeAt(at + 1))) return undefined
  const slot = sum & (keys.length - 1)
  let key = keys[slot]
  if (key?.length !== length || !text.startsWith(key, pos)) {
    key = text.slice(pos, at)
    // `y`, `off` or `null` are no texts.
    if (typeof readPlainScalar(key) !== 'string') return undefined
    if (namesPrototype(key)) reader.odd = true
    else keys[slot] = key
  }
  reader.pos = at
  reader.nodes++
  return key
}
