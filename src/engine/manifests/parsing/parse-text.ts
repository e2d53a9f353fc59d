import { parseJson } from './parse-json.js'
import { parseYaml } from './parse-yaml.js'
import type { ParsedText, TextFault } from './parsed-text.js'

export const isTextFault = (parsed: ParsedText | TextFault): parsed is TextFault => 'code' in parsed

/** JSON is YAML too, and 25 times cheaper to read as JSON: a YAML body that opens with a brace is tried as JSON first. */
export const parseText = (text: string, mediaType: 'application/json' | 'application/yaml'): ParsedText | TextFault => {
  if (mediaType === 'application/json') return parseJson(text)
  if (/^\s*\{/.test(text.slice(0, 1000))) {
    const json = parseJson(text)
    if (!isTextFault(json) || json.code === 'DEPTH_EXCEEDED') return json
  }
  return parseYaml(text)
}
