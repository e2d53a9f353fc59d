import { type Cell, type Item, type Part, type Sentence, textOf } from '../parts/part.js'
import { code, fenced, inTable, prose } from './escape.js'

/** What is told, as Markdown to be pasted into an issue: blocks with a blank line between them. */
export const writeMarkdown = (parts: readonly Part[]): string => `${parts.flatMap((part) => blocksOf(part, 3)).join('\n\n')}\n`

/** `level`: of the headings of sections. */
function blocksOf(part: Part, level: number): readonly string[] {
  switch (part.kind) {
    case 'SENTENCE':
      return sentenceOf(part)
    case 'SECTION': {
      const heading = [capital(prose(part.heading)), ...(part.aside === undefined ? [] : [prose(part.aside)])].join(', ')
      return [`${'#'.repeat(level)} ${heading}`, ...part.parts.flatMap((inner) => blocksOf(inner, level + 1))]
    }
    case 'ITEMS':
      return part.items.some(({ code: own }) => own !== undefined) ? part.items.flatMap(apartBlocks) : [part.items.map(listed).join('\n')]
    case 'FILE':
      return [fenced(part.language, part.text)]
    default:
      return [tableOf(part.head, part.rows)]
  }
}

const sentenceOf = ({ word, text }: Sentence): readonly string[] => {
  const told = [...(word === undefined ? [] : [`**${prose(word.text)}**`]), ...(text.trim() === '' ? [] : [prose(text.trim())])]
  return told.length === 0 ? [] : [told.join(' ')]
}

/** What is below stands a step further in. */
const listed = ({ cells, below = [] }: Item): string => [`- ${lineOf(cells)}`, ...below.map((cell) => `  - ${cellOf(cell)}`)].join('\n')

/** With something to be copied, which stands at the start of the line. */
const apartBlocks = (item: Item): readonly string[] => [
  listed({ cells: item.cells, below: item.below ?? [] }),
  ...(item.code === undefined ? [] : [fenced('yaml', item.code)]),
]

/** What stands below a row goes on in its last cell. */
function tableOf(head: readonly string[], rows: readonly Item[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const told = rows.map(({ cells, below = [] }) =>
    row(
      head.map((_head, column) => {
        const more = column === head.length - 1 ? below : []
        return inTable(
          [cells[column] ?? '', ...more]
            .map(cellOf)
            .filter((text) => text !== '')
            .join('<br>'),
        )
      }),
    ),
  )
  return [row(head.map(capital)), row(head.map(() => '---')), ...told].join('\n')
}

const lineOf = (cells: readonly Cell[]): string =>
  cells
    .map(cellOf)
    .filter((text) => text !== '')
    .join(' ')

/** Verdicts and outcomes in bold, names as code. */
function cellOf(cell: Cell): string {
  const text = textOf(cell).trim()
  if (typeof cell === 'string' || text === '') return prose(text)
  if (cell.as !== undefined) return code(text)
  return cell.shade === undefined || cell.shade === 'faint' ? prose(text) : `**${prose(text)}**`
}

/** Of a word; a name stays as it is. */
const capital = (text: string): string => (/^[a-z]+(?:[ :]|$)/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text)
