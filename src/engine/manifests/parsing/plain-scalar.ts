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

const integer = /^[-+]?(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+|0[0-7]*|[1-9][0-9]*)$/i
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

const parseInteger = (text: string): number => {
  const negative = text.startsWith('-')
  const digits = text.replace(/^[-+]/, '').toLowerCase()
  const octal = /^0[0-7]+$/.test(digits)
  const size = Number(octal ? `0o${digits.slice(1)}` : digits)
  return negative ? -size : size
}

const mayBeWord = /^[yYnNtTfFoO~]/
const mayBeNumber = /^[-+.0-9]/

export const readPlainScalar = (text: string): string | number | boolean | null => {
  if (text === '' || mayBeWord.test(text)) {
    const word = words.get(text)
    return word === undefined ? text : word
  }
  return mayBeNumber.test(text) ? readNumber(text) : text
}

const readNumber = (text: string): string | number => {
  const special = words.get(text)
  if (typeof special === 'number') return special
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '')
  if (integer.test(plain)) return parseInteger(plain)
  return float.test(plain) ? Number(plain) : text
}

const alike =
  /^(?:true|True|TRUE|false|False|FALSE|null|Null|NULL|~|)$|^[-+]?(?:0|[1-9][0-9]*)(?:[eE][-+]?[0-9]+)?$|^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$/

/** Does YAML 1.2 read this plain scalar differently? Asked only of scalars that are not read as strings. */
export const isAmbiguousScalar = (text: string): boolean => !alike.test(text) && !text.includes('.') && !/^0[xo]/.test(text)
