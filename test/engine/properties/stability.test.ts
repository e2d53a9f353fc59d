import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import { reasons } from '#engine/model/reasons'
import type { Reachability } from '#engine/model/reachability'
import { ask, namespaces, questionsOf, read, type Topology, topologies } from './topologies.js'

const numRuns = 60

/** Without file and line, which are no part of the content. */
const unplaced = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'source' ? undefined : value)))

const answersTo = (topology: Topology): readonly unknown[] => {
  const { snapshot } = read(topology)
  return questionsOf(topology).map((question) => unplaced(ask(snapshot, question)))
}

const shuffled = (topology: Topology, seed: readonly number[]): Topology => ({
  ...topology,
  clusters: topology.clusters.map((cluster) => {
    const keyed = cluster.resources.map((object, at) => ({ object, key: seed[(at * 7) % seed.length] ?? 0, at }))
    return { ...cluster, resources: keyed.sort((a, b) => a.key - b.key || b.at - a.at).map(({ object }) => object) }
  }),
})

const seeds = fc.array(fc.nat({ max: 50 }), { minLength: 5, maxLength: 20 })

describe('what an answer does not depend on', () => {
  it('the order of objects in the document: same content hash, same answers', () => {
    fc.assert(
      fc.property(topologies({ clusters: 3 }), seeds, (topology, seed) => {
        const other = shuffled(topology, seed)
        expect(read(other).contentHash).toBe(read(topology).contentHash)
        expect(answersTo(other)).toEqual(answersTo(topology))
      }),
      { numRuns },
    )
  })

  it('what was asked before: answers are the same one by one, again, and in any order', () => {
    fc.assert(
      fc.property(topologies({ clusters: 3 }), (topology) => {
        const questions = questionsOf(topology)
        const { snapshot } = read(topology)
        const backwards = [...questions].reverse().map((question) => unplaced(ask(snapshot, question)))
        const again = questions.map((question) => unplaced(ask(snapshot, question)))
        const alone = questions.map((question) => unplaced(ask(read(topology).snapshot, question)))
        expect(again).toEqual(alone)
        expect(backwards.reverse()).toEqual(alone)
      }),
      { numRuns: 20 },
    )
  })

  it('what two clusters are called: exchanging their names exchanges their answers', () => {
    fc.assert(
      fc.property(topologies({ clusters: 2 }), (topology) => {
        const other = exchange(topology)
        const [one, two] = [read(topology).snapshot, read(other).snapshot]
        for (const question of questionsOf(topology)) expect(gist(ask(two, exchange(question)))).toEqual(gist(exchange(ask(one, question))))
      }),
      { numRuns },
    )
  })

  it('how wide a Sidecar is, for what it showed already: widening never hides a host (VIS-18)', () => {
    const more = fc.constantFrom('./*', '*/*', 'shop/*', 'bank/ledger.bank.svc.cluster.local', '*/*.local', 'istio-system/*')
    fc.assert(
      fc.property(topologies({ clusters: 2 }), more, (topology, host) => {
        const wider = widened(topology, host)
        const [narrow, wide] = [visibleIn(topology), visibleIn(wider)]
        for (const [client, seen] of narrow)
          expect(
            [...seen].filter((one) => wide.get(client)?.has(one) !== true),
            client,
          ).toEqual([])

        function visibleIn(one: Topology) {
          const { snapshot } = read(one)
          const clients = one.clusters.flatMap(({ name: cluster }) =>
            namespaces.map((namespace) => ({ cluster, namespace, workload: 'client' })),
          )
          return new Map(
            clients.map((from) => {
              const seen = listVisible(snapshot, { from, first: 100 })
              if ('problem' in seen) throw new Error(seen.problem.message)
              return [`${from.cluster}/${from.namespace}`, new Set(seen.services.map(({ host: name }) => name))]
            }),
          )
        }
      }),
      { numRuns },
    )
  })
})

describe('what every answer is like', () => {
  it('its codes are registered, its shares add up, and its verdict is one of its endpoints’', () => {
    fc.assert(
      fc.property(topologies({ clusters: 3 }), (topology) => {
        const { snapshot } = read(topology)
        for (const question of questionsOf(topology)) {
          const answer = ask(snapshot, question)
          for (const code of codesOf(answer)) expect(Object.keys(reasons)).toContain(code)
          const sum = answer.endpoints.reduce((total, { share }) => total + share, 0)
          // Requests and other connections that are led apart have shares of their own.
          const ways = answer.conditions.some(({ on }) => on === 'protocol') ? 2 : 1
          expect(sum).toBeLessThan(ways + 0.000001)
          const used = answer.endpoints.filter(({ share }) => share > 0)
          if (used.length > 0 && used.every(({ verdict }) => verdict === 'UNREACHABLE')) expect(answer.verdict).not.toBe('REACHABLE')
          if (answer.verdict === 'REACHABLE') expect(['DELIVERED', 'PASSTHROUGH']).toContain(answer.reason)
          if (answer.verdict === 'AMBIGUOUS') expect(answer.conditions.length).toBeGreaterThan(0)
          if (answer.verdict === 'UNREACHABLE') expect(answer.summary).toContain(answer.reason)
          expect(structuredClone(answer)).toEqual(answer)
        }
      }),
      { numRuns },
    )
  })
})

const codesOf = (answer: Reachability): readonly string[] => [
  answer.reason,
  ...answer.steps.map(({ reason }) => reason),
  ...answer.endpoints.flatMap(({ reason, steps }) => [reason, ...steps.map((step) => step.reason)]),
]

/** What must not depend on names: order among equals does. */
const gist = ({ verdict, endpoints }: Reachability) => ({
  verdict,
  endpoints: endpoints
    .map(({ address, port, cluster, network, workload, via, verdict: reached, reason, share, priority }) => ({
      key: `${address} ${port} ${via?.address ?? ''}`,
      text: [cluster, network, workload, reached, reason, share.toFixed(6), priority].join(' '),
    }))
    .sort((a, b) => (a.key + a.text < b.key + b.text ? -1 : 1)),
})

const exchange = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll(/west|east/g, (name) => (name === 'west' ? 'east' : 'west'))) as T

const widened = (topology: Topology, host: string): Topology => {
  const text = JSON.stringify(topology, (key, value: unknown) =>
    key === 'egress' ? widenedList(value as readonly { hosts: readonly string[] }[], host) : value,
  )
  return JSON.parse(text) as Topology
}

const widenedList = (egress: readonly { readonly hosts: readonly string[] }[], host: string) =>
  egress.map((one) => ({ ...one, hosts: [...one.hosts, host] }))
