/**
 * Plain YAML scalars as `kubectl` reads them: YAML 1.1 booleans, octal, underscores and `null`; timestamps and base-60 numbers
 * stay strings. Source: the resolver of the Kubernetes YAML library.
 */
const words: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])

const longestWord = 5

/** What a first character makes possible: nothing but a text, a word, or a number (which may be a word: `.inf`). */
const onlyText = 0
const maybeWord = 1
const maybeNumber = 2

const hints = new Uint8Array(128)
for (const character of 'yYnNtTfFoO~') hints[character.charCodeAt(0)] = maybeWord
for (const character of '+-.0123456789') hints[character.charCodeAt(0)] = maybeNumber

export const readPlainScalar = (text: string): string | number | boolean | null => {
  if (text === '') return null
  const first = text.charCodeAt(0)
  const hint = first < 128 ? hints[first] : onlyText
  if (hint === maybeNumber) return readNumber(text)
  if (hint === onlyText || text.length > longestWord) return text
  const word = words.get(text)
  return word === undefined ? text : word
}

const simple = /^(?:0|[1-9][0-9]{0,14})$/
const based = /^[-+]?(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+|0[0-7]+)$/i
const decimal = /^[-+]?(?:0|[1-9][0-9]*)$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

/** What no number has: other letters, a second dot, a dash after a digit; so times, addresses and identifiers are told at once. */
const noNumber = /[^0-9a-fxoni_+.-]|\..*\.|[0-9a-df]-/i

const readNumber = (text: string): string | number => {
  if (simple.test(text)) return Number(text)
  if (noNumber.test(text)) return text
  const special = words.get(text)
  if (typeof special === 'number') return special
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '')
  if (based.test(plain)) return readBased(plain) ?? readFloat(plain) ?? text
  return readFloat(plain) ?? text
}

/** Hexadecimal, octal and binary numbers of at most 64 bits. */
const readBased = (text: string): number | undefined => {
  const digits = text.replace(/^[-+]/, '').toLowerCase()
  const octal = /^0[0-7]/.test(digits)
  const size = BigInt(octal ? `0o${digits.slice(1)}` : digits)
  if (text.startsWith('-')) return size > 1n << 63n ? undefined : 0 - Number(size)
  return size < 1n << 64n ? Number(size) : undefined
}

/** Decimal, with or without a fraction; what no double can hold is no number. An integer has no negative zero, a fraction has. */
const readFloat = (text: string): number | undefined => {
  if (!float.test(text)) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  return value === 0 && decimal.test(text) ? 0 : value
}

/** Is this the text of an integer? `08` is none: it is a fraction without fraction. */
export const isIntegerText = (text: string): boolean => {
  const plain = text.replaceAll('_', '')
  if (!mayBegin.test(text)) return false
  return based.test(plain) ? readBased(plain) !== undefined : decimal.test(plain) && isBelow64Bits(plain)
}

const mayBegin = /^[-+0-9]/

const isBelow64Bits = (text: string): boolean => {
  if (text.length > '-18446744073709551615'.length) return false
  const size = BigInt(text)
  return size < 1n << 64n && size >= -(1n << 63n)
}

const alike =
  /^(?:true|True|TRUE|false|False|FALSE|null|Null|NULL|~|)$|^[-+]?(?:0|[1-9][0-9]*)(?:[eE][-+]?[0-9]+)?$|^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$/

/** Does YAML 1.2 read this plain scalar differently? Asked only of scalars that are not read as strings. */
export const isAmbiguousScalar = (text: string): boolean => !alike.test(text) && !text.includes('.') && !/^0[xo]/.test(text)
