import type { AlsoOpens, Remedy, ToldAssumption, ToldCondition } from '#engine/model/step'
import type { Cell, Item, Part } from '#formats/parts/part'
import { items, name, section } from '#formats/parts/tell'
import { describeResources } from '#formats/text/resource'
import { clausesOf } from './clauses-of.js'
import { unsaid } from './steps.js'

interface Notes {
  readonly conditions?: readonly ToldCondition[]
  readonly assumptions: readonly ToldAssumption[]
  readonly validUntil?: string | null
  readonly remedies?: readonly Remedy[]
  readonly noRemedy?: string | null
  /** What stands above already. */
  readonly said?: string
  /** What the remedies are for. */
  readonly wanted?: string
  /** Clusters that the answer speaks of: with a single one nobody has to be told where. */
  readonly clusters?: ReadonlySet<string>
}

/** What an answer depends on, takes for granted, how long it holds, and what would turn it: the first is proposed, the others are for whoever cannot do that. */
export function tellNotes(notes: Notes, isFull: boolean): readonly Part[] {
  const {
    conditions = [],
    assumptions,
    validUntil = null,
    remedies = [],
    noRemedy = null,
    said = '',
    wanted = 'to make it reachable',
  } = notes
  const places = new Set([...(notes.clusters ?? []), ...remedies.flatMap(({ cluster }) => cluster ?? [])])
  const [first, ...others] = remedies.map((remedy) => tellRemedy(remedy, places.size > 1))
  return [
    ...section('depends on', items(conditions.map((condition) => tellCondition(condition, said, isFull)))),
    ...section(wanted, items(first === undefined ? [] : [first])),
    ...section('or', items(others)),
    ...section('nothing is proposed', noRemedy === null ? [] : items([tellWhy(noRemedy)])),
    ...tellAssumptions(assumptions, isFull),
    ...section('holds until', validUntil === null ? [] : items([{ cells: [validUntil] }])),
  ]
}

const tellCondition = ({ code, on, message, because }: ToldCondition, said: string, isFull: boolean): Item => ({
  cells: [name(code), `on ${on}`],
  below: [...unsaid(message, said), ...describeResources(because, isFull)],
})

/** Those of the answer, then those of the topology as a whole, which every answer about it would repeat. */
export const tellAssumptions = (assumptions: readonly ToldAssumption[], isFull: boolean): readonly Part[] => [
  ...section(
    'assumed',
    byCode(
      assumptions.filter(({ general }) => !general),
      isFull,
    ),
  ),
  ...section(
    'assumed of the topology as a whole',
    byCode(
      assumptions.filter(({ general }) => general),
      isFull,
    ),
  ),
]

/** Sentences of one code that are told; the rest is counted. */
const most = 3

/** Each code once with its sentences, each of them once. */
function byCode(assumptions: readonly ToldAssumption[], isFull: boolean): readonly Part[] {
  const codes = new Map<string, ToldAssumption[]>()
  for (const each of assumptions) codes.set(each.code, [...(codes.get(each.code) ?? []), each])
  return items(
    [...codes].map(([code, own]) => {
      const distinct = [...new Map(own.map((each) => [each.message, each])).values()]
      const shown = isFull ? distinct : distinct.slice(0, most)
      const more = distinct.length - shown.length
      return {
        cells: [name(code)],
        below: [
          ...shown.flatMap(({ message, because }): readonly Cell[] => [message, ...describeResources(because, isFull)]),
          ...(more > 0 ? [`and ${more} more`] : []),
        ],
      }
    }),
  )
}

/** What to do, where unless that is plain, what else it opens, and the objects to be applied. */
const tellRemedy = ({ summary, cluster, manifest, alsoOpens }: Remedy, isTold: boolean): Item => {
  const [first = '', ...further] = clausesOf(summary)
  return {
    cells: [first],
    below: [
      ...further,
      ...(cluster === null || !isTold ? [] : [{ text: `apply in cluster \`${cluster}\``, shade: 'faint' as const }]),
      ...(alsoOpens === null ? [] : [{ text: tellOpened(alsoOpens), shade: 'faint' as const }]),
    ],
    ...(manifest === null || manifest.trim() === '' ? {} : { code: manifest }),
  }
}

/** Why there is nothing to be changed, and what settles it. */
function tellWhy(reason: string): Item {
  const [first = '', ...further] = clausesOf(reason)
  return { cells: [first], below: further }
}

const tellOpened = ({ count, examples, complete }: AlsoOpens): string => {
  if (count === 0) return complete ? 'opens nothing else' : 'opens nothing else among the calls that were looked at, which are not all'
  const more = count - examples.length
  return `also opens ${count}${complete ? '' : ' or more, as not every call was looked at'}: ${examples.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
