import { pausing } from '#engine/pause'
import type { Finding, Report } from '#engine/model/report'
import type { LeftOut } from '#engine/model/left-out'
import type { Item, Part, Word } from '../parts/part.js'
import { items, name, section, sentence } from '../parts/tell.js'
import { tellAssertions } from './assertions.js'
import { many } from './many.js'
import { shadeOf } from './paint.js'
import { describeResource, placeOf } from './resource.js'

const severities: readonly Finding['severity'][] = ['ERROR', 'WARNING', 'INFO']

/** The verdict and its counts, the findings with the gravest first, then the assertions. */
export function tellReport({ verdict, summary, findings, fixed = [], assertions, leftOut = [] }: Report): readonly Part[] {
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
    sentence(counted.join(', '), { word: { text: verdict, shade: shadeOf(verdict) } }),
    ...section('findings', tellFindings(sorted)),
    ...section('fixed', tellFindings(fixed)),
    ...section('assertions', tellAssertions(assertions)),
    ...section('left out', tellLeftOut(leftOut)),
  ]
}

export const tellFindings = (findings: readonly Finding[]): readonly Part[] =>
  items(
    Array.from(pausing(findings), (finding) => ({
      cells: [
        { text: finding.severity, shade: shadeOf(finding.severity) },
        name(finding.change === 'NEW' ? `${finding.code} (new)` : finding.code),
        finding.message,
      ],
      below: aboutOf(finding),
    })),
  )

function aboutOf({ resource, path, source, istio, kiali }: Finding): readonly Word[] {
  const where =
    resource === null
      ? [path ?? '', placeOf(source)].filter((part) => part !== '').join(' ')
      : describeResource({ ...resource, path, source })
  const elsewhere = [
    ...(istio.length === 0 ? [] : [`istioctl analyze says ${istio.join(', ')}`]),
    ...(kiali.length === 0 ? [] : [`Kiali says ${kiali.join(', ')}`]),
  ]
  return [
    ...(where === '' ? [] : [name(where, 'faint')]),
    ...(elsewhere.length === 0 ? [] : [{ text: elsewhere.join('; '), shade: 'faint' as const }]),
  ]
}

/** How many files are named for one reason; the JSON names more. */
const namedFiles = 20

export const tellLeftOut = (leftOut: readonly LeftOut[]): readonly Part[] => items(leftOut.map(leftOutItem))

const leftOutItem = ({ count, message, files, reason }: LeftOut): Item => {
  const told = reason === 'OTHER_FORMAT' ? [] : files.slice(0, namedFiles)
  const more = count - told.length
  return {
    cells: [many(count, reason === 'OTHER_DOCUMENT' ? 'document' : 'file'), message],
    below: [
      ...told.map((file) => name(file, 'faint')),
      ...(told.length > 0 && more > 0 ? [{ text: `and ${more} more`, shade: 'faint' as const }] : []),
    ],
  }
}
