import type { Part, Section, Sentence } from '../parts/part.js'
import { broken, oneLine, painted } from './lines.js'
import { itemLines, tableLines } from './rows.js'
import type { Measured } from './screen.js'

/** Beside the word in front of it a sentence needs this much room to be read. */
const leastBeside = 32

/** What is told, as lines of a text: a blank line in front of every section, what belongs to a row below it and further in. */
export const writeText = (parts: readonly Part[], screen: Measured): readonly string[] => {
  const lines = parts.flatMap((part) => linesOf(part, screen))
  return lines[0] === '' ? lines.slice(1) : lines
}

function linesOf(part: Part, screen: Measured): readonly string[] {
  switch (part.kind) {
    case 'SENTENCE':
      return sentenceLines(part, screen)
    case 'SECTION':
      return sectionLines(part, screen)
    case 'ITEMS':
      return itemLines(part.items, screen)
    case 'FILE':
      return part.text.split('\n')
    default:
      return tableLines(part.head, part.rows, screen)
  }
}

function sentenceLines({ word, text, shade }: Sentence, screen: Measured): readonly string[] {
  const { columns, ruler } = screen
  const paintPiece = (piece: string): string => painted({ text, ...(shade === undefined ? {} : { shade }) }, piece, screen)
  if (word === undefined) return broken(oneLine(text), 0, screen).map(paintPiece)
  const first = painted(word, oneLine(word.text), screen)
  const beside = ruler.widthOf(word.text) + 2
  if (columns !== null && columns - beside < leastBeside) return [first, ...broken(oneLine(text), 0, screen).map(paintPiece)]
  return broken(oneLine(text), beside, screen).map((piece, position) =>
    position === 0 ? `${first}  ${paintPiece(piece)}`.trimEnd() : `${' '.repeat(beside)}${paintPiece(piece)}`,
  )
}

function sectionLines({ heading, aside, hint, parts }: Section, screen: Measured): readonly string[] {
  const [first = '', ...rest] = broken(oneLine(heading), 0, screen).map((line) => screen.paint('strong', line))
  const beside = [...(aside === undefined ? [] : [aside]), ...(hint === undefined ? [] : [screen.paint('faint', hint)])]
  return ['', [first, ...beside].join('  '), ...rest, ...parts.flatMap((part) => linesOf(part, screen))]
}
