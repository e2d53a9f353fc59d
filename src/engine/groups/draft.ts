/** A row that is being put together, and how it is told in the end. */
import { helpOf } from '../analysis/answer/help-of.js'
import type { Group, GroupRow, TracedCall } from '../model/groups/grouped-calls.js'
import type { Met } from './ask-calls.js'
import { type Called, nameUnder } from './called.js'
import { foreignGroup, type Shown } from './shown.js'
import type { Unit } from './unit.js'

type Ended = Pick<GroupRow, 'verdict' | 'reason' | 'conditions' | 'because'>

export interface Draft extends Ended {
  /** Orders rows that end alike. */
  readonly key: string
  readonly group: Group
  readonly peers: Set<Group>
  readonly ports: Set<number | null>
  readonly members: Set<Unit | Called>
  /** The first of its calls. */
  readonly met: Met
  readonly caller: Unit
}

const mostExamples = 3

const nameOf = (member: Unit | Called): string => {
  if ('port' in member) return `${member.name}:${member.port}`
  return member.kind === 'OUTSIDE' ? 'outside' : `${member.cluster}/${member.namespace}/${member.name}`
}

export function rowOf({ group, peers, ports, members, met, caller, ...ended }: Draft, shown: Shown): GroupRow {
  const isForeign = group === foreignGroup
  const [peer = null, ...others] = peers
  const [port = null, ...more] = ports
  const isShown = shown.unit(caller) && shown.called(met.called) && (shown.otherNames || met.asked === undefined)
  return {
    group,
    peer: others.length > 0 ? null : peer,
    port: more.length > 0 ? null : port,
    count: isForeign ? null : members.size,
    examples: isForeign ? [] : [...members].slice(0, mostExamples).map(nameOf),
    verdict: ended.verdict,
    reason: ended.reason,
    help: helpOf(ended.reason),
    conditions: ended.conditions,
    because: ended.because,
    trace: isShown ? tracedCall(met, caller) : null,
  }
}

/** Null where nobody but its own description states who calls. */
function tracedCall({ called, asked }: Met, caller: Unit): TracedCall | null {
  const from = asked?.from ?? caller.from
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
    to: asked?.to ?? { host: nameUnder(called.name), port: called.port },
  }
}
