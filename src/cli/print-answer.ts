import { writeFileSync } from 'node:fs'
import type { Check } from '#engine/model/check'
import type { Report } from '#engine/model/report'
import { allFormats, findFormat, formatNames } from '#formats/all-formats'
import { writeMarkdown } from '#formats/markdown/write-markdown'
import type { Part } from '#formats/parts/part'
import { readRulePage } from '#formats/rule-page'
import { tellCheck } from '#formats/text/check'
import { tellReport } from '#formats/text/report'
import { type Format, writeWhole } from '#formats/format'
import type { Flag, Given, Surroundings } from './command.js'
import { failure } from './failure.js'
import { directoryOfDocument } from './input/read-input.js'
import { printable } from '#formats/text/printable'
import { printParts } from './print/parts.js'
import { version } from './version.js'

/** How an answer is told to a person; `isFull`: with all that is folded else. */
export type Tell<Answer> = (answer: Answer, isFull: boolean) => readonly Part[]

export const formatFlag: Flag = {
  takes: 'FORMAT',
  choices: ['text', 'markdown', 'json'],
  says: '`text` for people, `markdown` to be pasted into an issue, `json` as REST answers; text unless stated',
}

/** Of commands that ask a question. */
export const answerFlags: Readonly<Record<string, Flag>> = {
  verbose: { says: 'fold nothing: with the steps that passed, and every object that is counted else' },
  format: formatFlag,
}

export const reportFormatFlag: Flag = {
  takes: 'FORMAT',
  choices: formatNames,
  says: `${allFormats.map(({ name, says }) => `\`${name}\` ${says}`).join(', ')}; text unless stated`,
}

export const outputFlag: Flag = {
  takes: 'FORMAT=FILE',
  repeats: true,
  says: 'also write it to this file in this format',
}

/** What `--output` names, before any work is done for it. */
const outputsOf = (given: Given): readonly { readonly format: Format; readonly file: string }[] =>
  given.values('output').map((written) => {
    const [name = '', ...rest] = written.split('=')
    const [format, file] = [findFormat(name), rest.join('=')]
    if (format !== undefined && file !== '') return { format, file }
    throw failure(
      'input',
      `\`--output ${written}\` is not written \`FORMAT=FILE\`, FORMAT being one of ${formatNames.map((one) => `\`${one}\``).join(', ')}`,
    )
  })

/** Writes a report, or the check that it is part of, in the format asked for. */
export async function printInFormat(
  given: Given,
  surroundings: Surroundings,
  answer: { readonly report: Report; readonly check?: Check },
): Promise<void> {
  const told = { ...answer, base: directoryOfDocument(given), version, pageOf: readRulePage }
  for (const { format, file } of outputsOf(given)) writeFileSync(file, writeWhole(format, told))
  const format = findFormat(given.value('format') ?? 'text')
  if (format !== undefined && format.name !== 'text') return surroundings.out(writeWhole(format, told))
  const { report, check } = answer
  return printParts(
    check === undefined ? tellReport(printable(report)) : tellCheck(printable(check)),
    surroundings.screen,
    surroundings.out,
  )
}

/** Writes an answer in the format asked for: as it is, or as `tell` tells it to a person. */
export async function printAnswer<T>(given: Given, surroundings: Surroundings, answer: T, tell: Tell<T>): Promise<void> {
  const format = given.value('format')
  if (format === 'json') return surroundings.out(`${JSON.stringify(answer, null, 2)}\n`)
  const parts = tell(printable(answer), given.has('verbose'))
  if (format === 'markdown') return surroundings.out(writeMarkdown(parts))
  return printParts(parts, surroundings.screen, surroundings.out)
}
