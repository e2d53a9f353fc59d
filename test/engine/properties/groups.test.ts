import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { answerCallers } from '#engine/groups/answer-callers'
import { answerReach } from '#engine/groups/answer-reach'
import { inventoryServices } from '#engine/inventory/inventory-services'
import { inventoryWorkloads } from '#engine/inventory/inventory-workloads'
import type { GroupedCalls, GroupRow } from '#engine/model/groups/grouped-calls'
import type { ReachabilityQuestion, SourceInput } from '#engine/model/question'
import type { Condition } from '#engine/model/step'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { crowded } from './crowds.js'
import { at, read, topologies } from './topologies.js'

const all = { first: 10_000, at: null } as const

const rowsOf = (answer: GroupedCalls | { readonly problem: { readonly message: string } }): readonly GroupRow[] => {
  if ('problem' in answer) throw new Error(answer.problem.message)
  return answer.rows
}

const told = (verdict: string, reason: string, conditions: readonly Condition[]): string =>
  [verdict, reason, ...conditions.map(({ code, on }) => `${code} ${on}`)].join(' ')

const sourcesOf = (snapshot: Snapshot): readonly SourceInput[] =>
  inventoryWorkloads(snapshot)
    .filter(({ dataPlane }) => dataPlane !== 'GATEWAY')
    .map(({ cluster, namespace, kind, name }) => ({ cluster, namespace, workload: `${kind}/${name}` }))

const callsOf = (snapshot: Snapshot): readonly ReachabilityQuestion['to'][] =>
  inventoryServices(snapshot).flatMap(({ host, ports }) => ports.map(({ number }) => ({ host, port: number })))

const nameOf = ({ cluster, namespace, workload }: SourceInput): string => `${cluster}/${namespace}/${workload?.split('/')[1]}`

/** Each workload asked by itself. */
const oneByOne = (snapshot: Snapshot, from: SourceInput, to: ReachabilityQuestion['to']): string => {
  const trace = traceCall(snapshot, { from, to }, at)
  if ('problem' in trace) throw new Error(trace.problem.message)
  return told(trace.verdict, trace.reason, trace.conditions)
}

const callers = (snapshot: Snapshot, { host, port }: ReachabilityQuestion['to']): Readonly<Record<string, string>> => {
  const rows = rowsOf(answerCallers(snapshot, { of: { host }, port: port ?? null, by: 'WORKLOAD', ...all }, { at }))
  return Object.fromEntries(
    rows
      .filter(({ group }) => group.kind === 'WORKLOAD')
      .map(({ group, verdict, reason, conditions }) => [
        `${group.cluster}/${group.namespace}/${group.name}`,
        told(verdict, reason, conditions),
      ]),
  )
}

describe('the question turned round', () => {
  it('says of each caller what the caller would be told: who can call a service is who can when asked one by one (FLOW-1)', () => {
    fc.assert(
      fc.property(crowded(topologies({ clusters: 3 })), (topology) => {
        const { snapshot } = read(topology)
        const sources = sourcesOf(snapshot)
        for (const to of callsOf(snapshot)) {
          expect(callers(snapshot, to)).toEqual(Object.fromEntries(sources.map((from) => [nameOf(from), oneByOne(snapshot, from, to)])))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('mirrors: whom a workload can call is where it is among the callers', () => {
    fc.assert(
      fc.property(crowded(topologies({ clusters: 2 })), (topology) => {
        const { snapshot } = read(topology)
        const called = callsOf(snapshot)
        for (const from of sourcesOf(snapshot)) {
          const rows = rowsOf(answerReach(snapshot, { of: from, by: 'SERVICE', ...all }, { at }))
          const reached = Object.fromEntries(
            rows.map(({ group, port, verdict, reason, conditions }) => [`${group.name}:${port}`, told(verdict, reason, conditions)]),
          )
          expect(reached).toEqual(Object.fromEntries(called.map((to) => [`${to.host}:${to.port}`, callers(snapshot, to)[nameOf(from)]])))
        }
      }),
      { numRuns: 60 },
    )
  })
})
