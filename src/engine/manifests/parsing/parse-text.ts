import { endOfJson } from './end-of-json.js'
import { lineIndex } from './line-index.js'
import { parseJson } from './parse-json.js'
import { parseYaml } from './parse-yaml.js'
import type { ParsedText, TextFault } from './parsed-text.js'
import { heldText, type TextSource } from './text-source.js'

export const isTextFault = (parsed: ParsedText | TextFault): parsed is TextFault => 'code' in parsed

/**
 * JSON is YAML too, and much cheaper to read as JSON: a YAML text that opens with a brace is tried as JSON first, as
 * kubectl does.
 */
export const parseText = (sent: TextSource | string, mediaType: 'application/json' | 'application/yaml'): ParsedText | TextFault => {
  const source = typeof sent === 'string' ? heldText(sent) : sent
  if (mediaType === 'application/json') return parseJson(source)
  const [bracket] = /^\s*[[{]/.exec(source.text().slice(0, 1000)) ?? []
  if (bracket === undefined) return parseYaml(source)
  return bracket.endsWith('{') ? parseValues(source) : parseList(source)
}

/** kubectl takes a list for YAML at once; as JSON it says the same. */
const parseList = (source: TextSource): ParsedText | TextFault => {
  const json = parseJson(source)
  return isTextFault(json) && json.code === 'NOT_JSON' ? parseYaml(source) : json
}

/**
 * JSON values one after the other. From the first that is none on the text is YAML, unless two were JSON before: then kubectl does not
 * think of YAML any more.
 */
const parseValues = (source: TextSource): ParsedText | TextFault => {
  const text = source.text()
  const positionOf = lineIndex(source)
  const values: ParsedText[] = []
  let read = 0
  let containers = 0
  for (;;) {
    const start = passSpace(text, read)
    if (start === text.length) return joined(values)
    const end = endOfJson(text, start)
    const value = parseJson(partOf(source, start, end), positionOf(start), containers)
    if (isTextFault(value)) {
      if (value.code !== 'NOT_JSON' || values.length > 1) return value
      break
    }
    values.push(value)
    containers += value.containers
    read = end
  }
  const start = passLineEnd(text, read)
  const rest = parseYaml(partOf(source, start), positionOf(start), containers)
  return isTextFault(rest) ? rest : joined([...values, rest])
}

const partOf = (source: TextSource, start: number, end?: number): TextSource => source.as((text) => text.slice(start, end))

const joined = (texts: readonly ParsedText[]): ParsedText => ({
  documents: texts.flatMap(({ documents }) => documents),
  ambiguous: texts.flatMap(({ ambiguous }) => ambiguous),
  repeated: texts.flatMap(({ repeated }) => repeated),
  unread: texts.flatMap(({ unread }) => unread),
  containers: texts.reduce((sum, { containers }) => sum + containers, 0),
})

const passSpace = (text: string, from: number): number => after(/[ \t\r\n]*/y, text, from)

/** Blanks up to a line's end, and no further: where the next line begins says something in YAML. */
const passLineEnd = (text: string, from: number): number => after(/[^\S\n]*\n?/y, text, from)

const after = (expression: RegExp, text: string, from: number): number => {
  expression.lastIndex = from
  expression.test(text)
  return expression.lastIndex
}
