import { isIntegerText, readPlainScalar } from '../plain-scalar.js'
import { refuseYaml } from '../refuse-yaml.js'
import type { Reader } from './reader.js'

const core = 'tag:yaml.org,2002:'

/**
 * A scalar with a tag, as go-yaml reads it: of the tags that it knows the text must fit, all others leave a text as it is. `!` leaves
 * it a text too, and may still merge.
 */
export const readTagged = (reader: Reader, offset: number, text: string, tag: string): unknown => {
  reader.odd = true
  reader.plain = tag === '!' || tag === `${core}merge`
  if (!tag.startsWith(core)) return text
  const name = tag.slice(core.length)
  const fit = fits.get(name)
  if (fit === undefined) return text
  const value = fit(text)
  return value === undefined ? refuseYaml(offset, 'TAG_REFUSED', `the value does not fit its tag \`${name}\``) : value
}

const moment = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/

const fits: ReadonlyMap<string, (text: string) => unknown> = new Map<string, (text: string) => unknown>([
  ['null', (text) => (readPlainScalar(text) === null ? null : undefined)],
  ['bool', (text) => booleanOf(readPlainScalar(text))],
  ['int', (text) => (isIntegerText(text) ? numberOf(readPlainScalar(text)) : undefined)],
  ['float', (text) => numberOf(readPlainScalar(text))],
  ['timestamp', (text) => (moment.test(text) ? text : undefined)],
  ['binary', (text) => decodedText(text)],
])

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

/** Base64 with its padding; line breaks mean nothing in it. */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/

const decodedText = (text: string): string | undefined => {
  const written = text.replaceAll(/[\r\n]/g, '')
  if (written.length % 4 !== 0 || !base64.test(written)) return undefined
  return new TextDecoder().decode(Uint8Array.from(atob(written), (unit) => unit.charCodeAt(0)))
}
