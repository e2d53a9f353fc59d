import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { inventoryServices } from '#engine/inventory/inventory-services'
import { inventoryWorkloads } from '#engine/inventory/inventory-workloads'
import { isProblem } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import { allProposals } from '#engine/remedies/all-proposals'
import type { Proposal } from '#engine/remedies/proposal'
import { situationOf } from '#engine/remedies/situation'
import { alsoOpens } from '#engine/remedies/told/also-opens'
import { changeSnapshot } from '#engine/simulate/change-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { crowded } from './crowds.js'
import { at, read, topologies } from './topologies.js'

const questionsOf = (snapshot: Snapshot, services = snapshot): readonly ReachabilityQuestion[] =>
  inventoryWorkloads(snapshot)
    .filter(({ dataPlane }) => dataPlane !== 'GATEWAY')
    .flatMap(({ cluster, namespace, kind, name }) =>
      inventoryServices(services).flatMap(({ host, ports }) =>
        ports.map(({ number }) => ({ from: { cluster, namespace, workload: `${kind}/${name}` }, to: { host, port: number } })),
      ),
    )

const passing = ['UNREACHABLE', 'UNDETERMINED', 'AMBIGUOUS', 'REACHABLE']

const rankIn = (snapshot: Snapshot, question: ReachabilityQuestion): number => {
  const trace = traceCall(snapshot, question, at)
  return isProblem(trace) ? 0 : passing.indexOf(trace.verdict)
}

/** Every other call of every workload, each asked by itself before and after. */
const openedOneByOne = (before: Snapshot, after: Snapshot, asked: ReachabilityQuestion): number =>
  questionsOf(before, after).filter((question) => {
    if (JSON.stringify(question) === JSON.stringify(asked)) return false
    const now = rankIn(after, question)
    return now >= passing.indexOf('AMBIGUOUS') && now > rankIn(before, question)
  }).length

/** Traces that are enough for every pair, and for a few of them. */
const enough = 5_000
const few = 20

const proposalsFor = (snapshot: Snapshot, question: ReachabilityQuestion): readonly Proposal[] => {
  const trace = traceCall(snapshot, question, at)
  const situation = isProblem(trace) ? undefined : situationOf(snapshot, question, trace, at)
  return situation === undefined
    ? []
    : allProposals.filter((one) => one.for.some((reason) => situation.reasons.has(reason))).flatMap(({ propose }) => propose(situation))
}

it('what a proposal opens beyond the question is exactly what is said of it (FLOW-1, FLOW-4)', () => {
  const seen = { opening: 0 }
  fc.assert(
    fc.property(crowded(topologies({ clusters: 2 })), fc.nat(), (topology, pick) => {
      const { snapshot } = read(topology)
      const failing = questionsOf(snapshot).filter((question) => rankIn(snapshot, question) === 0)
      const chosen = failing
        .slice(pick % Math.max(1, failing.length))
        .concat(failing)
        .slice(0, 8)
      const [first] = chosen.flatMap((question) => {
        const proposals = proposalsFor(snapshot, question)
        return proposals.length === 0 ? [] : [{ question, proposals }]
      })
      if (first === undefined) return
      const { question, proposals } = first
      for (const { change } of proposals.slice(0, 2)) {
        const after = changeSnapshot(snapshot, change)
        const told = alsoOpens({ before: snapshot, after }, question, at, enough)
        const opened = openedOneByOne(snapshot, after, question)
        expect(told).toMatchObject({ count: opened, complete: true })
        const some = alsoOpens({ before: snapshot, after }, question, at, few)
        expect(some.count).toBeLessThanOrEqual(opened)
        seen.opening += opened > 0 ? 1 : 0
      }
    }),
    { numRuns: 80 },
  )
  // As a rule some sixteen: that there were any shows that something was compared.
  expect(seen.opening).toBeGreaterThan(0)
})
