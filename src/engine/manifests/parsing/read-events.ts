import { type Event, parseEvents, YAMLException } from 'js-yaml'
import { limits } from './limits.js'
import { lineIndex, type Position } from './line-index.js'

/** Parse events of a text, the text that they are offsets of, and where an offset stands in the text as it came. */
export interface ReadEvents {
  readonly text: string
  readonly events: readonly Event[]
  readonly positionOf: (offset: number) => Position
}

/**
 * The events of a YAML text as kubectl's reader would have them.
 *
 * Inside of brackets and quotes that reader does not look at indentation; js-yaml does, and stops where a line stands too far left:
 * `]` at its key's column. There, and only where js-yaml itself says that it is inside of such a thing, the line is moved to the
 * right: space means nothing at that place, so what is read cannot change.
 */
export const readEvents = (text: string): ReadEvents => {
  try {
    return { text, events: eventsOf(text), positionOf: lineIndex(text) }
  } catch (error) {
    if (tooFarLeft(error, text) === undefined) throw error
    const { moved, by } = moveRight(text)
    const found = lineIndex(moved)
    const back = (position: Position): Position => ({ ...position, column: Math.max(1, position.column - (by.get(position.line) ?? 0)) })
    return { text: moved, events: eventsOf(moved), positionOf: (offset) => back(found(offset)) }
  }
}

const eventsOf = (text: string): readonly Event[] => parseEvents(text, { maxDepth: limits.depth })

/** Ends a document, also inside of brackets, where kubectl's reader refuses it too. */
const boundary = /^(?:---|\.\.\.)(?:[ \t\r\n]|$)/

/** Offset of the line that stands too far left inside of brackets or quotes; the library has no code for it. */
const tooFarLeft = (error: unknown, text: string): number | undefined => {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation' || error.mark === undefined) return undefined
  const start = lineStart(text, error.mark.position)
  return boundary.test(text.slice(start, start + 4)) ? undefined : start
}

const lineStart = (text: string, offset: number): number => {
  const before = text.slice(0, offset)
  return Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
}

/** Documents begin at `---` in the first column, wherever it stands. */
const documents = /^(?=---(?:[ \t\r\n]|$))/m

/** So many characters at most are read again: each line that is moved costs reading its document up to there once more. */
const mostReadAgain = 20_000_000

/** Every document with its lines moved as far as js-yaml asks, and by how much each line of the text was moved. */
const moveRight = (text: string): { readonly moved: string; readonly by: ReadonlyMap<number, number> } => {
  const by = new Map<number, number>()
  let left = mostReadAgain + 2 * text.length
  let line = 1
  const moved = text.split(documents).map((document) => {
    const { changed, spent } = moveLines(document, left, (inside, width) => void by.set(line + inside, width))
    left -= spent
    line += linesIn(document)
    return changed
  })
  return { moved: moved.join(''), by }
}

const linesIn = (text: string): number => text.match(/\n/g)?.length ?? 0

const moveLines = (document: string, budget: number, moving: (line: number, width: number) => void): { changed: string; spent: number } => {
  const width = deepest(document) + 1
  let changed = document
  let spent = 0
  let last = -1
  while (spent <= budget) {
    spent += changed.length
    const start = firstTooFarLeft(changed)
    if (start === undefined || start === last) break
    last = start
    moving(linesIn(changed.slice(0, start)), width)
    changed = `${changed.slice(0, start)}${' '.repeat(width)}${changed.slice(start)}`
  }
  return { changed, spent }
}

const firstTooFarLeft = (document: string): number | undefined => {
  try {
    eventsOf(document)
    return undefined
  } catch (error) {
    return tooFarLeft(error, document)
  }
}

/** No line of a document has to stand further right than one after its deepest; `- - key` is as deep as its key. */
const deepest = (document: string): number =>
  (document.match(/^[ ?:-]*/gm) ?? []).reduce((most, indent) => Math.max(most, indent.length), 0)
