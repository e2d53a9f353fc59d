import { writeFileSync } from 'node:fs'
import type { Check } from '#engine/model/check'
import type { Report } from '#engine/model/report'
import { allFormats, findFormat, formatNames } from '#formats/all-formats'
import { readRulePage } from '#formats/rule-page'
import { printCheck } from '#formats/text/check'
import { printReport } from '#formats/text/report'
import type { Format } from '#formats/format'
import type { Flag, Given, Surroundings } from './command.js'
import { failure } from './failure.js'
import { directoryOfDocument } from './input/read-input.js'
import type { Paint } from '#formats/text/paint'
import { printable } from '#formats/text/printable'
import { version } from './version.js'

export const formatFlag: Flag = {
  takes: 'FORMAT',
  choices: ['text', 'json'],
  says: '`text` for people, `json` as REST answers; text unless stated',
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
  { out, paint }: Surroundings,
  answer: { readonly report: Report; readonly check?: Check },
): Promise<void> {
  const told = { ...answer, base: directoryOfDocument(given), version, pageOf: readRulePage }
  for (const { format, file } of outputsOf(given)) writeFileSync(file, format.write(told))
  const format = findFormat(given.value('format') ?? 'text')
  if (format !== undefined && format.name !== 'text') return out(format.write(told))
  const { report, check } = answer
  const lines = check === undefined ? printReport(paint, printable(report)) : printCheck(paint, printable(check))
  return out(`${lines.join('\n')}\n`)
}

/** Writes an answer in the format asked for: as it is, or as `print` tells it to a person. */
export async function printAnswer<T>(
  given: Given,
  { out, paint }: Surroundings,
  answer: T,
  print: (paint: Paint, answer: T) => readonly string[],
): Promise<void> {
  if (given.value('format') === 'json') return out(`${JSON.stringify(answer, null, 2)}\n`)
  return out(`${print(paint, printable(answer)).join('\n')}\n`)
}
