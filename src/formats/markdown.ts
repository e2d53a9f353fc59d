import type { AssertionResult } from '#engine/model/report'
import type { Format } from './format.js'
import { describeFailure, type Issue, issuesOf } from './issue.js'
import { inTable, prose } from './markdown/escape.js'
import { many } from './text/many.js'
import { type Told, verdictOf } from './told.js'

/** A comment on a pull request may have 65,536 characters. */
const most = { rows: 50, characters: 60_000 }

/** In a row of a table, or of a list. */
const cell = (text: string): string => inTable(prose(text))

/** For a comment on a pull request: the verdict, what fails, and the findings in a table, the gravest first. */
export const markdown: Format = {
  name: 'markdown',
  says: 'for a comment on a pull request',
  mediaType: 'text/markdown',
  isAccepted: true,
  *pieces(told) {
    const { report, base } = told
    const issues = issuesOf({ ...report, assertions: [] }, base)
    const whole = [
      `## Sightline: ${verdictOf(told)}`,
      '',
      countsOf(told),
      ...assertionsOf(report.assertions),
      ...tableOf('findings', issues),
      ...tableOf('fixed', issuesOf({ ...report, findings: report.fixed ?? [], assertions: [] }, base)),
      '',
    ].join('\n')
    yield whole.length <= most.characters ? whole : `${whole.slice(0, whole.lastIndexOf('\n', most.characters))}\n\nThe rest is cut off.\n`
  },
}

function countsOf({ report, check }: Told): string {
  const { error, warning, info, suppressed, assertions, changes } = report.summary
  const { passed, failed, undetermined, expected } = assertions
  const parts = [
    `${many(error, 'error')}, ${many(warning, 'warning')}, ${many(info, 'remark')}`,
    ...(suppressed === 0 ? [] : [`${suppressed} suppressed`]),
    ...(changes === undefined ? [] : [`${changes.new} new, ${changes.unchanged} unchanged, ${changes.fixed} fixed`]),
    ...(report.assertions.length === 0
      ? []
      : [`assertions: ${passed} hold, ${failed} fail, ${undetermined} open${expected === 0 ? '' : `, ${expected} may fail yet`}`]),
    ...(check === undefined ? [] : [`against \`${check.against.topology}@${check.against.number}\``]),
  ]
  return parts.join(' · ')
}

function assertionsOf(assertions: readonly AssertionResult[]): readonly string[] {
  const failed = assertions.filter(({ passed }) => !passed)
  const told = failed.slice(0, most.rows).map((assertion) => `- **${assertion.outcome}** ${cell(describeFailure(assertion))}`)
  const more = failed.length - told.length
  return failed.length === 0 ? [] : ['', '### Assertions', '', ...told, ...(more > 0 ? [`- and ${more} more`] : [])]
}

function tableOf(heading: string, issues: readonly Issue[]): readonly string[] {
  if (issues.length === 0) return []
  const rows = issues.slice(0, most.rows).map(({ severity, code, message, about, file, line, change }) => {
    const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`}`
    return `| ${severity} | ${code}${change === 'NEW' ? ' (new)' : ''} | ${cell(message)} | ${cell(about)} | ${cell(place)} |`
  })
  const more = issues.length - rows.length
  const title = `### ${heading.charAt(0).toUpperCase()}${heading.slice(1)}`
  const table = ['', title, '', '| | code | what | object | where |', '| --- | --- | --- | --- | --- |', ...rows]
  return more > 0 ? [...table, '', `And ${more} more.`] : table
}
