import type { Group, GroupedCalls, GroupRow, Isolation } from '#engine/model/groups/grouped-calls'
import type { Cell, Part } from '#formats/parts/part'
import { items, name, section, sentence } from '#formats/parts/tell'
import { many } from '#formats/text/many'
import { type Shade, shadeOf } from '#formats/text/paint'
import { describeResources } from '#formats/text/resource'
import { tellNotes } from './notes.js'
import { tellPage } from './page.js'

/** How many calls end how, then who and whom, row by row, with why and one call of each that can be traced. */
export const tellGroups = (answer: GroupedCalls, isFull: boolean): readonly Part[] => [
  sentence(counted(answer)),
  ...section('calls', tellTotals(answer)),
  ...section('who and whom', tellRows(answer, isFull)),
  ...tellNotes({ assumptions: answer.assumptions }, isFull),
  ...tellPage(answer.page),
]

const sentences = {
  HOLDS: 'no call between the two arrives',
  BROKEN: 'some call between the two may arrive',
  UNDETERMINED: 'of some call between the two it is not known whether it arrives, and of none that it does',
} as const

const shades = { HOLDS: 'good', BROKEN: 'bad', UNDETERMINED: 'unsure' } as const satisfies Readonly<Record<Isolation['verdict'], Shade>>

export const tellIsolation = ({ verdict, ...answer }: Isolation, isFull: boolean): readonly Part[] => [
  sentence(sentences[verdict], { word: { text: verdict, shade: shades[verdict] } }),
  ...section(counted(answer), tellTotals(answer)),
  ...section('who and whom', tellRows(answer, isFull)),
  ...tellNotes({ assumptions: answer.assumptions }, isFull),
  ...tellPage(answer.page),
]

const ends = [
  { verdict: 'REACHABLE', one: 'arrives', several: 'arrive' },
  { verdict: 'AMBIGUOUS', one: 'may arrive', several: 'may arrive' },
  { verdict: 'UNDETERMINED', one: 'is left open', several: 'are left open' },
  { verdict: 'UNREACHABLE', one: 'does not arrive', several: 'do not arrive' },
] as const

/** How many calls there are, and how many of them end how. */
function counted({ totals }: Pick<GroupedCalls, 'totals'>): string {
  const all = totals.reduce((sum, { count }) => sum + count, 0)
  const told = ends.flatMap(({ verdict, one, several }) => {
    const count = totals.reduce((sum, total) => (total.verdict === verdict ? sum + total.count : sum), 0)
    return count === 0 ? [] : [{ count, what: count === 1 ? one : several }]
  })
  const [first, ...others] = told
  if (first === undefined) return 'no calls'
  if (others.length === 0) return `${many(all, 'call')} ${first.what}`
  return `of ${all} calls ${told.map(({ count, what }) => `${count} ${what}`).join(', ')}`
}

const tellTotals = ({ totals }: Pick<GroupedCalls, 'totals'>): readonly Part[] =>
  items(
    totals.map(({ verdict, reason, count }) => ({
      cells: [{ text: verdict, shade: shadeOf(verdict) }, name(reason), many(count, 'call')],
    })),
  )

const tellRows = ({ rows }: Pick<GroupedCalls, 'rows'>, isFull: boolean): readonly Part[] =>
  items(
    rows.map((row) => ({
      cells: [{ text: row.verdict, shade: shadeOf(row.verdict) }, whoOf(row), whomOf(row), name(row.reason)],
      below: below(row, isFull),
    })),
  )

const nameOf = ({ kind, cluster, namespace, name: own }: Group): string => {
  if (kind === 'OUTSIDE') return 'outside of every cluster'
  if (kind === 'OUTSIDE_OF_VIEW') return 'others'
  if (kind === 'TENANT' && own === '') return 'of no tenant'
  const place = kind === 'WORKLOAD' || kind === 'GATEWAY' ? [cluster, namespace, own] : kind === 'NAMESPACE' ? [cluster, own] : [own]
  const told = kind === 'IDENTITY' ? `${namespace}/${own}` : place.filter((part) => part !== null).join('/')
  return kind === 'SERVICE' || kind === 'ADDRESS' || kind === 'WORKLOAD' ? told : `${kind.toLowerCase()} ${told}`
}

const isCalled = ({ kind }: Group): boolean => kind === 'SERVICE' || kind === 'ADDRESS'

const atPort = ({ port }: GroupRow): string => (port === null ? '' : `:${port}`)

/** The side that the question leaves open, with the port where it is the one that is called. */
const whoOf = (row: GroupRow): string => `${nameOf(row.group)}${isCalled(row.group) ? atPort(row) : ''}`

/** The other side. */
const whomOf = (row: GroupRow): string => {
  const { group, peer } = row
  if (isCalled(group)) return peer === null ? '' : `from ${nameOf(peer)}`
  return peer === null ? atPort(row) : `to ${nameOf(peer)}${atPort(row)}`
}

const mostConditions = 3

function below(row: GroupRow, isFull: boolean): readonly Cell[] {
  const { conditions, because, trace } = row
  const told = isFull ? conditions : conditions.slice(0, mostConditions)
  const left = conditions.length - told.length
  return [
    ...examplesOf(row),
    ...told.map(({ on, message }) => `depends on ${on}, as ${message}`),
    ...(left > 0 ? [`and on ${left} more`] : []),
    ...describeResources(because, isFull),
    ...(trace === null ? [] : [{ text: `trace ${traceOf(trace)}`, shade: 'faint' as const, as: 'COMMAND' as const }]),
  ]
}

/** Nobody has to be told of the only one who is named already. */
function examplesOf(row: GroupRow): readonly string[] {
  const { group, count, examples } = row
  if (examples.length === 0 || (examples.length === 1 && (group.kind === 'OUTSIDE' || examples[0] === whoOf(row)))) return []
  const more = count === null ? 0 : count - examples.length
  return [`${examples.join(', ')}${more > 0 ? ` and ${more} more` : ''}`]
}

const traceOf = ({ from, to }: NonNullable<GroupRow['trace']>): string => {
  const place = [from.cluster, from.namespace, from.workload].filter((part) => part !== null).join('/')
  const who = from.outside === true ? 'outside' : from.gateway === null ? place : `gateway:${from.gateway}`
  return `--from ${who} --to ${to.host}${to.port === null ? '' : `:${to.port}`}`
}
