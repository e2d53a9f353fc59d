import type { NamedValue } from '#engine/model/question'
import { failure } from './failure.js'

/** `name=value`, as headers and labels are written; the value may hold further equals signs. */
export function readNamedValue(flag: string, text: string): NamedValue {
  const at = text.indexOf('=')
  if (at > 0) return { name: text.slice(0, at), value: text.slice(at + 1) }
  throw failure('input', `\`${flag} ${text}\`: it is written \`name=value\``)
}
