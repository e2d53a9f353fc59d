import { limits } from '../limits.js'
import { refuseYaml } from '../refuse-yaml.js'

/** One document of a stream, by offsets into its text. */
export interface Span {
  readonly start: number
  readonly end: number
}

const separator = '---'

/** Go's white space, which has one character more than that of JavaScript. */
const onlyComment = /^[\s\u0085]*(?:#.*)?$/s

/**
 * The documents of a stream as kubectl takes them apart, before it looks at any: by lines that begin with `---`, whatever they stand in.
 * Nothing but a comment may follow on such a line. The text ends with a line feed.
 */
export const splitStream = (text: string): readonly Span[] => {
  const spans: Span[] = []
  let start = 0
  for (let line = firstSeparator(text); line >= 0; line = nextSeparator(text, line)) {
    const end = text.indexOf('\n', line)
    if (!onlyComment.test(text.slice(line + separator.length, end)))
      refuseYaml(line + separator.length, 'NOT_YAML', 'nothing but a comment is expected after `---`: kubectl takes nothing else there')
    if (line === start) continue
    spans.push({ start, end: line })
    if (spans.length >= limits.documents) refuseYaml(line, 'TOO_MANY_DOCUMENTS', `a text may hold at most ${limits.documents} documents`)
    start = end + 1
  }
  if (start < text.length) spans.push({ start, end: text.length })
  return spans
}

const firstSeparator = (text: string): number => (text.startsWith(separator) ? 0 : nextSeparator(text, 0))

const nextSeparator = (text: string, from: number): number => {
  const found = text.indexOf(`\n${separator}`, from)
  return found < 0 ? -1 : found + 1
}
