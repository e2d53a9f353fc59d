import type { Finding, Report } from '#engine/model/report'
import type { LeftOut } from '#engine/model/left-out'
import { printAssertions } from './assertions.js'
import { many } from './many.js'
import { section } from './section.js'
import { type Paint, shadeOf } from './paint.js'
import { describeResource, placeOf } from './resource.js'
import { table } from './table.js'

const severities: readonly Finding['severity'][] = ['ERROR', 'WARNING', 'INFO']

/** The verdict and its counts, the findings with the gravest first, then the assertions. */
export function printReport(paint: Paint, { verdict, summary, findings, fixed = [], assertions, leftOut = [] }: Report): string[] {
  const { error, warning, info, suppressed, changes } = summary
  const counted = [
    many(error, 'error'),
    many(warning, 'warning'),
    many(info, 'remark'),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(changes === undefined ? [] : [`${changes.new} new`, `${changes.fixed} fixed`]),
  ]
  const sorted = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
  return [
    `${paint(shadeOf(verdict), verdict)}  ${counted.join(', ')}`,
    ...section(paint, 'findings', printFindings(paint, sorted)),
    ...section(paint, 'fixed', printFindings(paint, fixed)),
    ...section(paint, 'assertions', printAssertions(paint, assertions)),
    ...section(paint, 'left out', printLeftOut(paint, leftOut)),
  ]
}

export const printFindings = (paint: Paint, findings: readonly Finding[]): string[] =>
  table(
    paint,
    findings.map((finding) => ({
      cells: [
        { text: finding.severity, shade: shadeOf(finding.severity) },
        finding.change === 'NEW' ? `${finding.code} (new)` : finding.code,
        finding.message,
      ],
      below: aboutOf(finding).map((line) => paint('faint', line)),
    })),
  )

function aboutOf({ resource, path, source, istio, kiali }: Finding): string[] {
  const where =
    resource === null
      ? [path ?? '', placeOf(source)].filter((part) => part !== '').join(' ')
      : describeResource({ ...resource, path, source })
  const elsewhere = [
    ...(istio.length === 0 ? [] : [`istioctl analyze says ${istio.join(', ')}`]),
    ...(kiali.length === 0 ? [] : [`Kiali says ${kiali.join(', ')}`]),
  ]
  return [...(where === '' ? [] : [where]), ...(elsewhere.length === 0 ? [] : [elsewhere.join('; ')])]
}

/** How many files are named for one reason; the JSON names more. */
const namedFiles = 20

export const printLeftOut = (paint: Paint, leftOut: readonly LeftOut[]): string[] =>
  leftOut.flatMap(({ count, message, files, reason }) => {
    const told = reason === 'OTHER_FORMAT' ? [] : files.slice(0, namedFiles)
    const more = count - told.length
    return [
      `  ${many(count, reason === 'OTHER_DOCUMENT' ? 'document' : 'file')}: ${message}`,
      ...told.map((file) => `      ${paint('faint', file)}`),
      ...(told.length > 0 && more > 0 ? [`      ${paint('faint', `and ${more} more`)}`] : []),
    ]
  })
