/**
 * Rows of calls that end alike, from all calls.
 *
 * What arrives comes first, then what may, then what is not known; each with how many of the group there are. What is not shown is one group, of which nothing
 * is told but how its calls end.
 */
import type { GroupBy } from '../model/groups/group-question.js'
import type { Group, GroupedCalls, GroupRow, GroupTotal } from '../model/groups/grouped-calls.js'
import type { Assumption } from '../model/step.js'
import type { Verdict } from '../model/verdict.js'
import { pause } from '../pause.js'
import { remembered } from '../remembered.js'
import type { Met } from './ask-calls.js'
import { type Draft, rowOf } from './draft.js'
import { foldAssumptions } from './fold-assumptions.js'
import { groupsOfCalled, groupsOfCaller } from './groups-of.js'
import { foreignGroup, type Shown } from './shown.js'
import type { Unit } from './unit.js'

/** Which side is grouped, and what is told of the other. */
export interface Grouping {
  readonly side: 'CALLERS' | 'CALLED' | 'BOTH'
  readonly by: GroupBy
}

const ranks: Readonly<Record<Verdict, number>> = { REACHABLE: 0, AMBIGUOUS: 1, UNDETERMINED: 2, UNREACHABLE: 3 }

export interface Gathered extends Pick<GroupedCalls, 'totals' | 'assumptions'> {
  readonly rows: readonly GroupRow[]
}

/** What is put together on the way. */
interface Books {
  readonly drafts: Map<string, Draft>
  readonly totals: Map<string, GroupTotal>
  readonly grouping: Grouping
  readonly shown: Shown
}

export function gatherRows(all: Iterable<Met>, grouping: Grouping, shown: Shown, given: readonly Assumption[]): Gathered {
  const books: Books = { drafts: new Map(), totals: new Map(), grouping, shown }
  const assumed = new Set<readonly Assumption[]>(given.length === 0 ? [] : [given])
  for (const met of all) {
    pause()
    addRows(books, met)
    addTotal(books, met)
    if (met.end.assumptions.length > 0) assumed.add(met.end.assumptions)
  }
  return {
    rows: [...books.drafts.values()].toSorted(inOrder).map((draft) => rowOf(draft, shown)),
    totals: [...books.totals].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total),
    assumptions: [...shown.assumptions(foldAssumptions([...assumed]))],
  }
}

const inOrder = (a: Draft, b: Draft): number => {
  pause()
  return ranks[a.verdict] - ranks[b.verdict] || (a.key < b.key ? -1 : 1)
}

function addTotal({ totals, shown }: Books, { units, called, end: { verdict, reason } }: Met): void {
  const count = shown.called(called) ? units.filter(shown.unit).length : 0
  if (count === 0) return
  const key = `${ranks[verdict]} ${reason}`
  totals.set(key, { verdict, reason, count: (totals.get(key)?.count ?? 0) + count })
}

const textOf = remembered(({ kind, cluster, namespace, name }: Group): string => `${kind}\t${namespace ?? ''}\t${name}\t${cluster ?? ''}`)

/** What all calls of one end have in common is worked out once for them. */
function addRows(books: Books, met: Met): void {
  const { grouping, shown } = books
  const { called, end } = met
  const port = met.asked === undefined ? called.port : met.asked.to.port
  const servers = shown.called(called)
    ? told(groupsOfCalled(called, grouping.side === 'CALLERS' ? 'SERVICE' : grouping.by), shown)
    : foreign
  const own = shown.end(end)
  const at = grouping.side === 'BOTH' ? '' : `${port}`.padStart(5, '0')
  for (const unit of met.units) {
    const callers = shown.unit(unit) ? told(groupsOfCaller(unit, grouping.by), shown) : foreign
    const [groups, peers] = grouping.side === 'CALLED' ? [servers, callers.slice(0, 1)] : [callers, servers]
    if (groups === foreign) add(books, met, unit, { groups, peers, port: null, at: '', ended: endOfForeign(met) })
    else add(books, met, unit, { groups, peers, port, at, ended: own })
  }
}

interface Added {
  readonly groups: readonly Group[]
  readonly peers: readonly Group[]
  readonly port: number | null
  /** The port as it orders rows. */
  readonly at: string
  readonly ended: ReturnType<Shown['end']>
}

function add({ drafts, grouping }: Books, met: Met, unit: Unit, { groups, peers, port, at, ended }: Added): void {
  const isOfCalled = grouping.side === 'CALLED'
  for (const group of groups) {
    for (const peer of peers) {
      const key = `${textOf(group)}\n${isOfCalled ? '' : textOf(peer)}\n${at}\n${ended.key}`
      let draft = drafts.get(key)
      if (draft === undefined) drafts.set(key, (draft = draftOf(key, group, met, unit, ended)))
      if (![...draft.peers].some((known) => textOf(known) === textOf(peer)) && draft.peers.size < 2) draft.peers.add(peer)
      draft.ports.add(port)
      draft.members.add(isOfCalled ? met.called : unit)
    }
  }
}

const foreign: readonly Group[] = [foreignGroup]

const noTenant: Group = { kind: 'TENANT', cluster: null, namespace: null, name: '' }

/** Tenants that are not shown are none. */
function told(groups: readonly Group[], shown: Shown): readonly Group[] {
  if (groups.every(({ kind, name }) => kind !== 'TENANT' || name === '' || shown.tenant(name))) return groups
  const own = groups.filter(({ name }) => shown.tenant(name))
  return own.length === 0 ? [noTenant] : own
}

/** Of those who are not shown only how their calls end. */
const endOfForeign = ({ end: { verdict, reason } }: Met): ReturnType<Shown['end']> => ({
  conditions: [],
  because: [],
  key: `${verdict}\n${reason}`,
})

const draftOf = (key: string, group: Group, met: Met, caller: Unit, { conditions, because }: ReturnType<Shown['end']>): Draft => ({
  key,
  group,
  verdict: met.end.verdict,
  reason: met.end.reason,
  conditions,
  because,
  peers: new Set(),
  ports: new Set(),
  members: new Set(),
  met,
  caller,
})
