import type { Group, GroupedCalls, GroupRow, Isolation } from '#engine/model/groups/grouped-calls'
import { type Paint, shadeOf } from '#formats/text/paint'
import { describeResources } from '#formats/text/resource'
import { section } from '#formats/text/section'
import { table } from '#formats/text/table'
import { printNotes } from './notes.js'

/** How many calls end how, then who and whom, row by row, with why and one call of each that can be traced. */
export const printGroups = (paint: Paint, answer: GroupedCalls): string[] => [...printTotals(paint, answer), ...printRows(paint, answer)]

const sentences = {
  HOLDS: 'no call between the two arrives',
  BROKEN: 'some call between the two may arrive',
  UNDETERMINED: 'of some call between the two it is not known whether it arrives, and of none that it does',
} as const

const shades = { HOLDS: 'good', BROKEN: 'bad', UNDETERMINED: 'unsure' } as const

export const printIsolation = (paint: Paint, { verdict, ...answer }: Isolation): string[] => [
  `${paint(shades[verdict], verdict)}  ${sentences[verdict]}`,
  '',
  ...printGroups(paint, answer),
]

const printTotals = (paint: Paint, { totals }: GroupedCalls): string[] =>
  totals.length === 0
    ? ['no calls']
    : table(
        paint,
        totals.map(({ verdict, reason, count }) => ({
          cells: [{ text: verdict, shade: shadeOf(verdict) }, reason, `${count} call${count === 1 ? '' : 's'}`],
        })),
      ).map((line) => line.trimStart())

function printRows(paint: Paint, { rows, assumptions, page }: GroupedCalls): string[] {
  const told = table(
    paint,
    rows.map((row) => ({
      cells: [{ text: row.verdict, shade: shadeOf(row.verdict) }, nameOf(row.group), whomOf(row), row.reason],
      below: below(row).map((line) => paint('faint', line)),
    })),
  )
  return [
    ...section(paint, 'who and whom', told),
    ...printNotes(paint, { assumptions, validUntil: null, remedies: [] }),
    ...(page.nextCursor === null ? [] : ['', `more with --after ${page.nextCursor}`]),
  ]
}

const nameOf = ({ kind, cluster, namespace, name }: Group): string => {
  if (kind === 'OUTSIDE') return 'outside of every cluster'
  if (kind === 'OUTSIDE_OF_VIEW') return 'others'
  if (kind === 'TENANT' && name === '') return 'of no tenant'
  const place = kind === 'WORKLOAD' || kind === 'GATEWAY' ? [cluster, namespace, name] : kind === 'NAMESPACE' ? [cluster, name] : [name]
  const told = kind === 'IDENTITY' ? `${namespace}/${name}` : place.filter((part) => part !== null).join('/')
  return kind === 'SERVICE' || kind === 'ADDRESS' || kind === 'WORKLOAD' ? told : `${kind.toLowerCase()} ${told}`
}

/** An arrow from who calls to whom, whichever of them the group is. */
const whomOf = ({ group, peer, port }: GroupRow): string => {
  const at = port === null ? '' : `:${port}`
  const isCalled = group.kind === 'SERVICE' || group.kind === 'ADDRESS'
  if (isCalled) return `${at}${peer === null ? '' : ` from ${nameOf(peer)}`}`.trimStart()
  return peer === null ? at : `to ${nameOf(peer)}${at}`
}

function below({ count, examples, conditions, because, trace }: GroupRow): readonly string[] {
  const more = count === null || count <= examples.length ? '' : ` and ${count - examples.length} more`
  return [
    ...(examples.length === 0 ? [] : [`${examples.join(', ')}${more}`]),
    ...conditions.slice(0, 3).map(({ on, message }) => `depends on ${on}: ${message}`),
    ...describeResources(because),
    ...(trace === null ? [] : [`trace ${traceOf(trace)}`]),
  ]
}

const traceOf = ({ from, to }: NonNullable<GroupRow['trace']>): string => {
  const place = [from.cluster, from.namespace, from.workload].filter((part) => part !== null).join('/')
  const who = from.outside === true ? 'outside' : from.gateway === null ? place : `gateway:${from.gateway}`
  return `--from ${who} --to ${to.host}${to.port === null ? '' : `:${to.port}`}`
}
