import type { Format } from './format.js'
import { printCheck } from './text/check.js'
import { printable } from './text/printable.js'
import { printReport } from './text/report.js'

const plain = (_shade: unknown, text: string): string => text

export const text: Format = {
  name: 'text',
  says: 'for people',
  mediaType: 'text/plain',
  isAccepted: true,
  write: ({ report, check }) =>
    `${(check === undefined ? printReport(plain, printable(report)) : printCheck(plain, printable(check))).join('\n')}\n`,
}
