import { isDate, isMoment } from '../../model/moment.js'
import type { SuppressionHeader } from '../../model/topology/suppression-header.js'

/** What one line accepts, or why it accepts nothing. */
export type ReadSuppression = Omit<SuppressionHeader, 'resource'> | { readonly fault: string }

const keys: ReadonlySet<string> = new Set(['reason', 'owner', 'expires'])

/**
 * `CODE reason=… owner=… expires=…`, several of them on lines of their own or behind semicolons.
 *
 * A value goes on to the next key; in quotes it may hold anything.
 */
export const readSuppressions = (text: string): readonly ReadSuppression[] =>
  (text.match(/(?:"[^"\n]*"|[^;\n"]|")+/g) ?? [])
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readLine)

/** ` key=value` behind the code; a value without quotes ends before the next of these. */
const field = / ([A-Za-z]+)=(?:"([^"]*)"|((?:(?! [A-Za-z]+=).)*))/y

function readLine(written: string): ReadSuppression {
  const line = written.replaceAll(/\s+/g, ' ')
  const code = line.split(' ')[0] ?? ''
  if (!/^[A-Z][A-Z0-9_]*$/.test(code)) return { fault: `\`${code}\` is not the code of a finding, as in ${usual}` }
  const read = readFields(line, code.length)
  if ('fault' in read) return { fault: read['fault'] ?? '' }
  const { expires } = read
  if (expires === undefined || isDate(expires) || isMoment(expires)) return { code, ...read }
  return { fault: `\`expires=${expires}\` is no date such as \`2027-06-30\`, nor a moment such as \`2027-06-30T12:00:00Z\`` }
}

function readFields(line: string, from: number): Readonly<Record<string, string>> {
  const read: Record<string, string> = {}
  field.lastIndex = from
  for (let at = from; at < line.length; at = field.lastIndex) {
    const [, key = '', quoted, plain = ''] = field.exec(line) ?? []
    if (key === '') return { fault: `\`${line.slice(at).trim()}\` is not written as in ${usual}` }
    if (!keys.has(key)) return { fault: `\`${key}\` is none of \`reason\`, \`owner\` and \`expires\`` }
    read[key] = quoted ?? plain
  }
  return read
}

const usual = '`NET101 reason=… owner=… expires=2027-06-30`'
