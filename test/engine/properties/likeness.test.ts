import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { combineVerdicts } from '#engine/analysis/answer/combine-verdicts'
import type { Client } from '#engine/analysis/call/call'
import { createMemory, type Memory } from '#engine/analysis/likeness/memory'
import { traceCall } from '#engine/analysis/trace-call'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { clusters, meshWide, type Rollout, rollouts, snapshotOf } from './rollouts.js'
import { at } from './topologies.js'

/** Every path is followed for itself, as if no two servers were alike. */
const forgetful = (client: Client): Memory => {
  const memory = createMemory(client)
  return {
    tells: true,
    twinsOf: (target, request) => ({ ...memory.twinsOf(target, request), paths: { once: (_path, compute) => compute() } }),
  }
}

const ask = (snapshot: Snapshot, workload: string, memoryOf = createMemory): Reachability => {
  const question: ReachabilityQuestion = { from: { cluster: 'west', namespace: 'shop', workload }, to: { host: 'server', port: 80 } }
  const trace = traceCall(snapshot, question, at, memoryOf)
  if ('problem' in trace) throw new Error(trace.problem.message)
  return answerFrom(trace, question)
}

/** By address of an endpoint that takes traffic of the callers: what becomes of all that is sent there. */
const arrivals = (answers: readonly Reachability[]): Readonly<Record<string, string>> => {
  const verdicts = new Map<string, Reachability['verdict'][]>()
  for (const { address, share, verdict } of answers.flatMap(({ endpoints }) => endpoints)) {
    if (share > 0) verdicts.set(`${address}`, [...(verdicts.get(`${address}`) ?? []), verdict])
  }
  return Object.fromEntries([...verdicts].sort().map(([address, all]) => [address, combineVerdicts(all)]))
}

const callersOf = ({ callers }: Rollout): readonly string[] => callers.map((_, index) => `client-${index}`)

describe('kinds of instances', () => {
  it('answer what their instances answer one by one, whatever differs between these (FLOW-1, ROUTE-33, VIS-36)', () => {
    fc.assert(
      fc.property(rollouts, (rollout) => {
        const snapshot = snapshotOf(rollout)
        const owner = ask(snapshot, 'client')
        const each = callersOf(rollout).map((name) => ask(snapshot, name))
        expect(owner.verdict).toBe(combineVerdicts(each.map(({ verdict }) => verdict)))
        expect(arrivals([owner])).toEqual(arrivals(each))
      }),
      { numRuns: 300 },
    )
  })

  it('end each path as it ends when it is followed for itself: sentences and evidence name the same', () => {
    fc.assert(
      fc.property(rollouts, (rollout) => {
        const snapshot = snapshotOf(rollout)
        for (const name of callersOf(rollout)) expect(ask(snapshot, name)).toEqual(ask(snapshot, name, forgetful))
        expect(ask(snapshot, 'client')).toEqual(ask(snapshot, 'client', forgetful))
      }),
      { numRuns: 150 },
    )
  })

  it('are few: replicas that nothing tells apart, and that are no evidence themselves, are traced once', () => {
    const plain = { labels: {}, annotations: {}, node: 0, account: 'default', proxied: true, ready: true } as const
    const replicas = Array.from({ length: 20 }, (_, index) => ({
      ...plain,
      node: index % clusters.nodes,
      labels: { 'controller-revision-hash': `${index % 2}` },
    }))
    const snapshot = snapshotOf({ callers: replicas, servers: replicas, service: {}, objects: [meshWide] })
    let traced = 0
    let followed = 0
    ask(snapshot, 'client', (client) => {
      traced += 1
      const memory = createMemory(client)
      return {
        tells: true,
        twinsOf: (target, request) => {
          const { paths, ways } = memory.twinsOf(target, request)
          return {
            ways,
            paths: {
              once: (path, compute, recorderOf) =>
                paths.once(
                  path,
                  () => {
                    followed += 1
                    return compute()
                  },
                  recorderOf,
                ),
            },
          }
        },
      }
    })
    expect(traced).toBe(1)
    expect(followed).toBeLessThanOrEqual(2)
  })
})
