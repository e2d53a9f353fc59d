import { lineWithin, type Outline, type OutlinedJson, outlineJson } from './outline-json.js'
import { lineIndex, type Position, textStart } from './line-index.js'
import { locateInJson } from './locate-in-json.js'
import { tooManyContainers } from './too-many-containers.js'
import { type Line, type Locate, type ParsedDocument, type ParsedText, type TextFault, unknownLine } from './parsed-text.js'
import { parseWithPauses } from './parse-with-pauses.js'
import { pointerTrie } from './pointer-trie.js'
import { signsIn } from './signs-in.js'
import type { TextSource } from './text-source.js'

/** Characters that are parsed in one piece, in some milliseconds. */
const atOnce = 256 * 1024

/**
 * JSON by the runtime's own parser, a part of a long text at a time; places come from a second, cheaper pass. A repeated key's last value holds. `start` is where the text
 * stands in the one it is part of, `before` how many lists and maps that has before it.
 */
export const parseJson = (source: TextSource, start = textStart, before = 0): ParsedText | TextFault => {
  const text = source.text()
  const positionOf = lineIndex(source, start)
  const linesBefore = start.line - 1
  const { root, containers, hasOddNumber, beyond } = outlineJson(text, before)
  if (beyond !== undefined) return { ...refusals[beyond.limit], position: positionOf(beyond.at) }
  let value: unknown
  try {
    value = text.length > atOnce ? parseWithPauses(text) : JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { errorAt } = locateInJson(text, pointerTrie([]))
    return { code: 'NOT_JSON', detail: 'the text is not JSON here', position: positionOf(errorAt ?? 0) }
  }
  const signs = signsIn(text)
  return {
    documents: [
      {
        value,
        isOrdinary: !hasOddNumber && !signs.ofOddText,
        mayHavePlaceholders: signs.ofPlaceholder,
        lineOf: linesOf(root, linesBefore),
        again: parseAgain(source),
        locate: locateAgain(source, positionOf),
        length: text.length,
      },
    ],
    ambiguous: [],
    repeated: [],
    unread: [],
    containers,
  }
}

const refusals: Readonly<Record<NonNullable<OutlinedJson['beyond']>['limit'], Omit<TextFault, 'position'>>> = {
  depth: { code: 'DEPTH_EXCEEDED', detail: 'the document is nested too deeply' },
  containers: tooManyContainers,
}

/** A function of its own, as below: it holds neither the text nor its value. */
const linesOf = (root: Outline | undefined, linesBefore: number): ParsedDocument['lineOf'] => {
  // All the objects of a text without line breaks share one.
  let last = { line: 1, told: lineAt(linesBefore + 1) }
  return (object, path = []) => {
    const line = root === undefined ? 1 : object === undefined ? root.line : lineWithin(root, path)
    if (line === undefined) return unknownLine
    if (line !== last.line) last = { line, told: lineAt(linesBefore + line) }
    return last.told
  }
}

const lineAt =
  (line: number): Line =>
  () =>
    line

/** A function of its own, so that it holds nothing that was made of the text. */
const parseAgain = ({ text }: TextSource): (() => unknown) => {
  let parsed: { readonly value: unknown } | undefined
  return () => (parsed ??= { value: JSON.parse(text()) }).value
}

const locateAgain =
  ({ text }: TextSource, positionOf: (offset: number) => Position): Locate =>
  (trie) =>
    new Map([...locateInJson(text(), trie).found].map(([node, offset]) => [node, positionOf(offset)]))
