import type { AssertionResult, Finding, Report } from '#engine/model/report'
import { section } from './notes.js'
import { type Paint, shadeOf } from './paint.js'
import { describeResource, placeOf } from './resource.js'
import { table } from './table.js'

const severities: readonly Finding['severity'][] = ['ERROR', 'WARNING', 'INFO']

/** The verdict and its counts, the findings with the gravest first, then the assertions. */
export function printReport(paint: Paint, { verdict, summary, findings, assertions }: Report): string[] {
  const { error, warning, info, suppressed } = summary
  const counted = [
    many(error, 'error'),
    many(warning, 'warning'),
    many(info, 'remark'),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
  ]
  const sorted = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
  return [
    `${paint(shadeOf(verdict), verdict)}  ${counted.join(', ')}`,
    ...section(paint, 'findings', printFindings(paint, sorted)),
    ...section(
      paint,
      'assertions',
      table(
        paint,
        assertions.map((assertion) => ({
          cells: [
            { text: assertion.passed ? 'PASSED' : 'FAILED', shade: assertion.passed ? 'good' : 'bad' },
            assertion.name,
            outcomeOf(assertion),
          ],
          below: reasonsOf(assertion).map((line) => paint('faint', line)),
        })),
      ),
    ),
  ]
}

export const printFindings = (paint: Paint, findings: readonly Finding[]): string[] =>
  table(
    paint,
    findings.map((finding) => ({
      cells: [{ text: finding.severity, shade: shadeOf(finding.severity) }, finding.code, finding.message],
      below: aboutOf(finding).map((line) => paint('faint', line)),
    })),
  )

function aboutOf({ resource, path, source, istio }: Finding): string[] {
  const where =
    resource === null
      ? [path ?? '', placeOf(source)].filter((part) => part !== '').join(' ')
      : describeResource({ ...resource, path, source })
  return [...(where === '' ? [] : [where]), ...(istio === null ? [] : [`istioctl analyze says ${istio}`])]
}

function outcomeOf({ passed, expected, verdict }: AssertionResult): string {
  if (passed) return verdict ?? ''
  return `expected ${expected}, ${verdict === null ? 'cannot be asked' : `is ${verdict}`}`
}

function reasonsOf({ trace, problem }: AssertionResult): string[] {
  if (trace !== undefined) return [trace.summary]
  if (problem === undefined) return []
  const near = problem.suggestions.map((name) => `\`${name}\``).join(', ')
  return [problem.message, ...(near === '' ? [] : [`did you mean ${near}?`])]
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
