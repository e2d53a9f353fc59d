import { pausing } from '#engine/pause'
import type { Format } from './format.js'
import { issuesOf } from './issue.js'
import { many } from './text/many.js'
import { printableText } from './text/printable.js'
import { verdictOf } from './told.js'

const commands = { ERROR: 'error', WARNING: 'warning', INFO: 'notice' } as const

/** In a workflow command a line end would end it. */
const escaped = (text: string): string => printableText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Annotations of a GitHub workflow: commands that its runner reads from the job’s output, the gravest first since it shows ten of a kind. */
export const github: Format = {
  name: 'github',
  says: 'annotations for a GitHub workflow',
  mediaType: 'text/plain',
  isAccepted: false,
  *pieces(told) {
    for (const { code, severity, message, about, file, line } of pausing(issuesOf(told.report, told.base))) {
      const place = file === null ? '' : `file=${property(file)},${line === null ? '' : `line=${line},`}`
      yield `::${commands[severity]} ${place}title=${property(about === '' ? code : `${code} ${about}`)}::${escaped(message)}\n`
    }
    const { error, warning, info } = told.report.summary
    yield `sightline: ${verdictOf(told)}, ${many(error, 'error')}, ${many(warning, 'warning')}, ${many(info, 'remark')}\n`
  },
}
