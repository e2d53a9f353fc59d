import type { Format } from './format.js'
import { pausing } from '#engine/pause'
import { tellCheck } from './text/check.js'
import { printable } from './text/printable.js'
import { tellReport } from './text/report.js'
import { endless } from './text/screen.js'
import { writeText } from './text/write-text.js'

export const text: Format = {
  name: 'text',
  says: 'for people',
  mediaType: 'text/plain',
  isAccepted: true,
  *pieces({ report, check }) {
    const told = check === undefined ? tellReport(printable(report)) : tellCheck(printable(check))
    for (const line of pausing(writeText(told, endless))) yield `${line}\n`
  },
}
