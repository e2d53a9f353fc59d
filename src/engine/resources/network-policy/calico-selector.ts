/**
 * What does a selector of Calico select? Its language is one of its own: `role == 'db' && !has(old) || env in { 'a', 'b' }`.
 *
 * What cannot be read is UNREADABLE and never "nothing": such a policy may select.
 */
import { everything, type LabelExpression, type LabelTest, testOf, unreadable } from './label-expression.js'

const token = /\s*(\|\||&&|==|!=|[!(){},]|'[^']*'|"[^"]*"|[\w./-]+)\s*/y

const tokensOf = (text: string): readonly string[] | undefined => {
  const tokens: string[] = []
  for (token.lastIndex = 0; token.lastIndex < text.length; ) {
    const found = token.exec(text)?.[1]
    if (found === undefined) return undefined
    tokens.push(found)
  }
  return tokens
}

/** The rest of a text, read from the front. */
type Rest = string[]
type Parsed = LabelExpression | undefined

const take = (rest: Rest, ...wanted: readonly string[]): boolean => {
  if (!wanted.every((one, index) => rest[index] === one)) return false
  rest.splice(0, wanted.length)
  return true
}

const joined = (rest: Rest, word: '||' | '&&', part: (rest: Rest) => Parsed): Parsed => {
  const parts: LabelExpression[] = []
  do {
    const next = part(rest)
    if (next === undefined) return undefined
    parts.push(next)
  } while (take(rest, word))
  return parts.length === 1 ? parts[0] : { kind: word === '||' ? 'ANY' : 'ALL', of: parts }
}

const anyOf = (rest: Rest): Parsed => joined(rest, '||', allOf)
const allOf = (rest: Rest): Parsed => joined(rest, '&&', term)

const term = (rest: Rest): Parsed => {
  if (take(rest, '!')) {
    const inner = term(rest)
    return inner === undefined ? undefined : { kind: 'NOT', of: inner }
  }
  if (take(rest, '(')) {
    const inner = anyOf(rest)
    return take(rest, ')') ? inner : undefined
  }
  if (take(rest, 'all', '(', ')')) return everything
  if (take(rest, 'global', '(', ')')) return { kind: 'ANY', of: [] }
  if (take(rest, 'has', '(')) {
    const key = rest.shift()
    return key !== undefined && take(rest, ')') ? testOf(key, 'EXISTS') : undefined
  }
  return comparison(rest)
}

const words: readonly (readonly [readonly string[], LabelTest])[] = [
  [['=='], 'IN'],
  [['!='], 'NOT_IN'],
  [['in'], 'IN'],
  [['not', 'in'], 'NOT_IN'],
  [['contains'], 'CONTAINS'],
  [['starts', 'with'], 'STARTS_WITH'],
  [['ends', 'with'], 'ENDS_WITH'],
]

const comparison = (rest: Rest): Parsed => {
  const key = rest.shift()
  const test = words.find(([word]) => take(rest, ...word))?.[1]
  const values = test === undefined ? undefined : valuesOf(rest)
  return key === undefined || test === undefined || values === undefined ? undefined : testOf(key, test, values)
}

const textOf = (quoted: string | undefined): string | undefined => (/^['"]/.test(quoted ?? '') ? quoted?.slice(1, -1) : undefined)

/** One text in quotes, or several in braces. */
const valuesOf = (rest: Rest): readonly string[] | undefined => {
  if (!take(rest, '{')) {
    const single = textOf(rest.shift())
    return single === undefined ? undefined : [single]
  }
  const values: string[] = []
  while (!take(rest, '}')) {
    const value = textOf(rest.shift())
    if (value === undefined || (!take(rest, ',') && rest[0] !== '}')) return undefined
    values.push(value)
  }
  return values
}

/** Absent and empty select everything. */
export const readCalicoSelector = (text: string): LabelExpression => {
  if (text.trim() === '') return everything
  const rest = [...(tokensOf(text) ?? [])]
  const read = rest.length === 0 ? undefined : anyOf(rest)
  return read === undefined || rest.length > 0 ? unreadable : read
}
