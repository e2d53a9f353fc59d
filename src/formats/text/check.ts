import type { Check } from '#engine/model/check'
import { section } from './section.js'
import { type Paint, shadeOf } from './paint.js'
import { printReport } from './report.js'
import { table } from './table.js'

/** The verdict with every reason for it, then the report that it rests on. */
export const printCheck = (paint: Paint, { verdict, reasons, against, report }: Check): string[] => [
  `${paint(shadeOf(verdict), verdict)}  against ${against.topology}@${against.number}`,
  ...section(
    paint,
    'reasons',
    table(
      paint,
      reasons.map(({ effect, code, finding, assertion, message }) => ({
        cells: [{ text: effect, shade: shadeOf(effect) }, code, finding?.code ?? assertion ?? '', message],
      })),
    ),
  ),
  ...section(paint, 'report', printReport(paint, report)),
]
