import { pause, pausing } from '../../pause.js'
import { limits } from './limits.js'
import { lineIndex, type Position, textStart } from './line-index.js'
import type { ParsedDocument, ParsedText, TextFault } from './parsed-text.js'
import { refusalOf, refuseYaml } from './refuse-yaml.js'
import type { TextSource } from './text-source.js'
import { newKnown } from './yaml/reader.js'
import { readDocumentText } from './yaml/read-document-text.js'
import { splitStream } from './yaml/split-stream.js'
import { yamlDocument } from './yaml-document.js'

// oxlint-disable-next-line no-control-regex -- exactly what YAML refuses, and Unicode's two that are no characters
const noCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/** Every document of a YAML text as kubectl reads it, under the limits of `limits.ts`; `start` is where it stands in the text it is part of, `before` how many lists and maps that has before it. */
export const parseYaml = (sent: TextSource, start = textStart, before = 0): ParsedText | TextFault => {
  const source = sent.as(withUnixLines)
  const text = source.text()
  const positionOf = lineIndex(source, start)
  try {
    const bad = findNoCharacter(text)
    if (bad >= 0) refuseYaml(bad, 'NOT_YAML', 'a control character is not taken here')
    return parse(source, positionOf, before)
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw error
    return { code: refusal.code, detail: refusal.detail, position: positionOf(refusal.offset) }
  }
}

/** Characters that are looked through in one piece. */
const stretch = 1024 * 1024

function findNoCharacter(text: string): number {
  for (let at = 0; at < text.length; at += stretch) {
    pause()
    const found = text.slice(at, at + stretch).search(noCharacter)
    if (found >= 0) return at + found
  }
  return -1
}

/** Each line ends with a line feed, as kubectl hands them to its reader. Lines and columns stay what they are. */
const withUnixLines = (text: string): string => {
  const unix = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
  return unix.endsWith('\n') ? unix : `${unix}\n`
}

const parse = (source: TextSource, positionOf: (offset: number) => Position, before: number): ParsedText => {
  const text = source.text()
  const documents: ParsedDocument[] = []
  const unread: Position[] = []
  const known = newKnown(text.length, before)
  for (const span of pausing(splitStream(text))) {
    const read = readDocumentText(text, span, known)
    documents.push(yamlDocument(source, span, read, positionOf))
    if (read.unread !== undefined && unread.length < limits.notes) unread.push(positionOf(read.unread))
  }
  const { ambiguous, repeated, count } = known
  return {
    documents,
    ambiguous: ambiguous.map(positionOf),
    repeated: repeated.map(positionOf),
    unread,
    containers: count.containers - before,
  }
}
