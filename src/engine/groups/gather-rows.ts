/**
 * Rows of calls that end alike, from all calls one by one.
 *
 * What arrives comes first, then what may, then what is not known; each with how many of the group there are. What is not shown is one group, of which nothing
 * is told but how its calls end.
 */
import { helpOf } from '../analysis/answer/help-of.js'
import type { GroupBy } from '../model/groups/group-question.js'
import type { Group, GroupedCalls, GroupRow, GroupTotal, TracedCall } from '../model/groups/grouped-calls.js'
import type { Assumption } from '../model/step.js'
import type { Verdict } from '../model/verdict.js'
import { pause } from '../pause.js'
import { remembered } from '../remembered.js'
import { foldAssumptions } from './fold-assumptions.js'
import type { Met } from './ask-calls.js'
import type { Called } from './called.js'
import { groupsOfCalled, groupsOfCaller } from './groups-of.js'
import { foreignGroup, type Shown } from './shown.js'
import type { Unit } from './unit.js'

/** Which side is grouped, and what is told of the other. */
export interface Grouping {
  readonly side: 'CALLERS' | 'CALLED' | 'BOTH'
  readonly by: GroupBy
}

interface Draft extends Pick<GroupRow, 'group' | 'verdict' | 'reason' | 'conditions' | 'because'> {
  readonly key: string
  readonly peers: Map<string, Group>
  readonly ports: Set<number | null>
  readonly members: Map<Unit | Called, string>
  readonly met: Met
}

const ranks: Readonly<Record<Verdict, number>> = { REACHABLE: 0, AMBIGUOUS: 1, UNDETERMINED: 2, UNREACHABLE: 3 }

const mostExamples = 3

export interface Gathered extends Pick<GroupedCalls, 'totals' | 'assumptions'> {
  readonly rows: readonly GroupRow[]
}

export function gatherRows(all: Iterable<Met>, grouping: Grouping, shown: Shown, given: readonly Assumption[]): Gathered {
  const drafts = new Map<string, Draft>()
  const totals = new Map<string, GroupTotal>()
  const assumed = new Set<readonly Assumption[]>(given.length === 0 ? [] : [given])
  for (const met of all) {
    pause()
    addTo(drafts, met, grouping, shown)
    if (met.end.assumptions.length > 0) assumed.add(met.end.assumptions)
    if (!shown.unit(met.unit) || !shown.called(met.called)) continue
    const key = `${ranks[met.end.verdict]} ${met.end.reason}`
    const { verdict, reason } = met.end
    totals.set(key, { verdict, reason, count: (totals.get(key)?.count ?? 0) + 1 })
  }
  return {
    rows: [...drafts.values()].toSorted(inOrder).map((draft) => rowOf(draft, shown)),
    totals: [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total),
    assumptions: [...shown.assumptions(foldAssumptions([...assumed]))],
  }
}

const inOrder = (a: Draft, b: Draft): number => {
  pause()
  return ranks[a.verdict] - ranks[b.verdict] || (a.key < b.key ? -1 : 1)
}

const textOf = remembered(({ kind, cluster, namespace, name }: Group): string => `${kind}\t${namespace ?? ''}\t${name}\t${cluster ?? ''}`)

function addTo(drafts: Map<string, Draft>, met: Met, grouping: Grouping, shown: Shown): void {
  const { unit, called } = met
  const isOfCalled = grouping.side === 'CALLED'
  const { groups, peers } = sidesOf(met, grouping, shown)
  const isForeign = groups === foreign
  const port = isForeign ? null : portOf(met)
  const { key: endKey, ...end } = isForeign ? endOfForeign(met) : shown.end(met.end)
  const at = grouping.side === 'BOTH' ? '' : `${port}`.padStart(5, '0')
  for (const group of groups) {
    for (const peer of peers) {
      const key = `${textOf(group)}\n${isOfCalled ? '' : textOf(peer)}\n${at}\n${endKey}`
      const draft = drafts.get(key) ?? draftOf(key, group, met, end)
      drafts.set(key, draft)
      if (draft.peers.size < 2) draft.peers.set(textOf(peer), peer)
      draft.ports.add(port)
      draft.members.set(isOfCalled ? called : unit, isOfCalled ? `${called.name}:${called.port}` : nameOf(unit))
    }
  }
}

const portOf = ({ called, asked }: Met): number | null => (asked === undefined ? called.port : asked.to.port)

interface Sides {
  readonly groups: readonly Group[]
  readonly peers: readonly Group[]
}

/** Whom the call is told of; of what is called, callers tell one apart only where they are all there is. */
function sidesOf({ unit, called }: Met, { side, by }: Grouping, shown: Shown): Sides {
  const callers = shown.unit(unit) ? told(groupsOfCaller(unit, by), shown) : foreign
  const servers = shown.called(called) ? told(groupsOfCalled(called, side === 'CALLERS' ? 'SERVICE' : by), shown) : foreign
  return side === 'CALLED' ? { groups: servers, peers: callers.slice(0, 1) } : { groups: callers, peers: servers }
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

const draftOf = (key: string, group: Group, met: Met, end: Pick<GroupRow, 'conditions' | 'because'>): Draft => ({
  key,
  group,
  verdict: met.end.verdict,
  reason: met.end.reason,
  ...end,
  peers: new Map(),
  ports: new Set(),
  members: new Map(),
  met,
})

const nameOf = ({ kind, cluster, namespace, name }: Unit): string => (kind === 'OUTSIDE' ? 'outside' : `${cluster}/${namespace}/${name}`)

function rowOf({ group, peers, ports, members, met, verdict, reason, conditions, because }: Draft, shown: Shown): GroupRow {
  const isForeign = group === foreignGroup
  const [peer = null, ...others] = peers.values()
  const [port = null, ...more] = ports
  const isShown = shown.unit(met.unit) && shown.called(met.called) && (shown.otherNames || met.asked === undefined)
  return {
    group,
    peer: others.length > 0 ? null : peer,
    port: more.length > 0 ? null : port,
    count: isForeign ? null : members.size,
    examples: isForeign ? [] : [...members.values()].slice(0, mostExamples),
    verdict,
    reason,
    help: helpOf(reason),
    conditions,
    because,
    trace: isShown ? tracedCall(met) : null,
  }
}

/** Null where nobody but its own description states who calls. */
function tracedCall({ unit, called, asked }: Met): TracedCall | null {
  const from = asked?.from ?? unit.from
  if (from === undefined) return null
  const { outside, cluster, namespace, workload, gateway } = from
  return {
    from: {
      outside: outside ?? null,
      cluster: cluster ?? null,
      namespace: namespace ?? null,
      workload: workload ?? null,
      gateway: gateway ?? null,
    },
    to: asked?.to ?? { host: called.name, port: called.port },
  }
}
