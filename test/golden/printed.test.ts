import markdownIt from 'markdown-it'
import stringWidth from 'string-width'
import { afterAll, describe, expect, it } from 'vitest'
import { writeMarkdown } from '#formats/markdown/write-markdown'
import { endless, measure } from '#formats/text/screen'
import { writeText } from '#formats/text/write-text'
import { engineDoor } from './doors/engine.js'
import { type Printed, printedOf } from './printed.js'
import { scenariosIn } from './scenario.js'

const scenarios = ['examples', 'test/golden/scenarios'].flatMap(scenariosIn)
const widths = [60, 80, 120]
const door = engineDoor()
afterAll(() => door.close())

/** What is left when blocks to be copied and what is quoted are taken out. */
const unquoted = (text: string): string => text.replaceAll(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '').replaceAll(/`[^`]*`/g, '')

const blocksIn = (text: string): readonly string[] => [...text.matchAll(/^(`{3,})yaml\n([\s\S]*?)\n\1$/gm)].map(([, , inner = '']) => inner)

/** Names stay whole: a line may be too long by one of them, beside its place and its label. */
const label = 26
const longestWord = (line: string): number => Math.max(...(line.match(/`[^`]*`\S*|\S+/g) ?? ['']).map((word) => stringWidth(word)))
const isTooLong = (line: string, width: number): boolean =>
  !isCommand(line) && stringWidth(line) > width && longestWord(line) + label < width

/** Above an object, to be copied as it is. */
const isCommand = (line: string): boolean => line.startsWith('# kubectl ')

function expectReadable(text: string): void {
  expect(text).not.toMatch(/[ \t]\n|\n\n\n|^\n/)
  expect(unquoted(text)).not.toMatch(/``|\bundefined\b|\bnull\b|\bNaN\b|\[object /)
}

const markdown = markdownIt({ html: true })

function expectMarkdown(written: string, { manifests }: Printed): void {
  const tokens = markdown.parse(written, {}).flatMap((token) => [token, ...(token.children ?? [])])
  const tags = tokens.filter(({ type }) => type.startsWith('html_')).map(({ content }) => content)
  expect(tags.filter((tag) => tag !== '<br>')).toEqual([])
  expect(tokens.filter(({ type }) => type === 'fence').map(({ content }) => content.trimEnd())).toEqual(manifests)
  const columns = written.split('\n').filter((line) => line.startsWith('| ')).length
  expect(tokens.filter(({ type }) => type === 'tr_open')).toHaveLength(columns - tokens.filter(({ type }) => type === 'table_open').length)
}

describe.each(scenarios)('what is printed of $name', (scenario) => {
  it('is read with pleasure on terminals of every width, in a pipe, and pasted into an issue', async () => {
    const answers = await printedOf(scenario, await door.open(scenario.folder))
    expect(answers.length).toBeGreaterThan(0)
    for (const answer of answers) {
      for (const parts of [answer.folded, answer.full]) {
        const whole = writeText(parts, endless)
        expectReadable(whole.join('\n'))
        expect(
          whole.filter((line) => unquoted(line).split(/: /).length > 2),
          answer.what,
        ).toEqual([])
        expect(blocksIn(whole.join('\n')), answer.what).toEqual(answer.manifests)
        for (const columns of widths) {
          const lines = writeText(parts, await measure({ paint: endless.paint, columns }))
          expectReadable(lines.join('\n'))
          expect(
            lines.filter((line) => isTooLong(line, columns)),
            `${answer.what} in ${columns} columns`,
          ).toEqual([])
          expect(blocksIn(lines.join('\n')), answer.what).toEqual(answer.manifests)
        }
        const written = writeMarkdown(parts)
        expectReadable(written)
        expectMarkdown(written, answer)
      }
    }
  })

  it('tells what holds for the whole topology once', async () => {
    for (const { full, assumptions, what } of await printedOf(scenario, await door.open(scenario.folder))) {
      const [text, written] = [writeText(full, endless).join('\n'), writeMarkdown(full)]
      expect(text.split('\nassumed of the topology as a whole\n').length, what).toBeLessThanOrEqual(2)
      for (const { message } of assumptions.filter(({ general }) => general)) {
        expect(text.split(`      ${message}\n`).length, `${what}: ${message}`).toBeLessThanOrEqual(2)
        expect(written).toContain(message.split('`')[0]?.slice(0, 20))
      }
    }
  })
})
