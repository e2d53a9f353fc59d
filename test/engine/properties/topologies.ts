import * as fc from 'fast-check'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import { readDocument } from '#engine/manifests/read-document'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { EndpointPath, Reachability } from '#engine/model/reachability'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { clusterOf, type ClusterPlan, networks } from './clusters.js'

export type KubernetesObject = Readonly<Record<string, unknown>>

/** A whole document before it is read; small enough that a failing one can be thought through by hand. */
export interface Topology {
  readonly networks: readonly { readonly name: string; readonly routableTo: readonly string[] }[]
  readonly controlPlanes: readonly KubernetesObject[]
  readonly clusters: readonly (KubernetesObject & { readonly name: string; readonly resources: readonly KubernetesObject[] })[]
}

export const at = Date.parse('2026-06-01T00:00:00Z')
export const namespaces = ['shop', 'bank'] as const

const names = ['west', 'east', 'north'] as const

const plan: fc.Arbitrary<Omit<ClusterPlan, 'name' | 'others' | 'index' | 'primary' | 'headless' | 'oneRoot'>> = fc.record({
  network: fc.option(fc.constantFrom(...networks), { nil: undefined }),
  declared: fc.boolean(),
  gateway: fc.boolean(),
  reads: fc.oneof(fc.constant(true), fc.boolean()),
  remote: fc.boolean(),
  services: fc.oneof(
    { weight: 3, arbitrary: fc.constant(['reviews', 'ledger', 'audit'] as const) },
    { weight: 1, arbitrary: fc.subarray(['reviews', 'ledger', 'audit'] as const) },
  ),
  capture: fc.boolean(),
  workloads: fc.subarray(['reviews', 'ledger', 'naked', 'strays'] as const),
  port: fc.constantFrom({ name: 'http', port: 9080 }, { name: 'tcp', port: 9080 }, { name: 'web', port: 9080 }, { name: 'http', port: 80 }),
  exportTo: fc.constantFrom(undefined, '.', '*', '~', 'shop'),
  policies: fc.array(fc.nat({ max: 1000 }), { maxLength: 4 }),
})

/** Two or three clusters with services, workloads, networks, Sidecars and policies of which any may be missing. */
export const topologies = (shape: { readonly clusters: 2 | 3; readonly headless?: boolean }): fc.Arbitrary<Topology> =>
  fc
    .record({
      plans: fc.array(plan, { minLength: 2, maxLength: shape.clusters }),
      routable: fc.boolean(),
      version: fc.constantFrom('1.28.1', '1.30.2', '1.32.0'),
      oneRoot: fc.boolean(),
      headless: fc.boolean(),
    })
    .map(({ plans, routable, version, oneRoot, headless }): Topology => {
      const full = plans.map((one, index): ClusterPlan => {
        const name = names[index] ?? 'west'
        const others = names.slice(0, plans.length).filter((other) => other !== name)
        const primary = index === 0 || !one.remote
        return { ...one, name, others, index, primary, headless: headless && shape.headless !== false, oneRoot }
      })
      return {
        networks: networks.map((name) => ({ name, routableTo: routable ? networks.filter((other) => other !== name) : [] })),
        controlPlanes: full.flatMap(({ name, primary }) => (primary ? [{ name, cluster: name, version }] : [])),
        clusters: full.map(clusterOf),
      }
    })

const encoder = new TextEncoder()

/** Through everything that a document goes through. */
export const read = (topology: Topology) => {
  const text = JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', ...topology })
  const ingested = readDocument({ body: encoder.encode(text), mediaType: 'application/json' })
  if (!('parts' in ingested)) throw new Error(`${ingested.message}: ${JSON.stringify(ingested.details)}`)
  const { contentHash, header } = ingested
  const parts = ingested.parts.map(({ cluster, digest, body }) => ({
    cluster,
    resources: readClusterResources(digest, body),
  }))
  return { contentHash, snapshot: buildSnapshot({ contentHash, header, parts }) }
}

const destinations: readonly ReachabilityQuestion['to'][] = [
  { host: 'reviews.shop' },
  { host: 'ledger.bank' },
  { host: 'audit.shop', method: 'GET', path: '/' },
  { host: 'api.example.com', port: 443 },
  { host: '10.0.1.1', port: 9080 },
]

/** What is asked of every topology: from each namespace of each cluster to each service. */
export const questionsOf = ({ clusters }: Topology): readonly ReachabilityQuestion[] =>
  clusters.flatMap(({ name }) =>
    namespaces.flatMap((namespace) =>
      destinations.map((to): ReachabilityQuestion => ({ from: { cluster: name, namespace, workload: 'client' }, to })),
    ),
  )

export const ask = (snapshot: Snapshot, question: ReachabilityQuestion): Reachability => {
  const trace = traceCall(snapshot, question, at)
  if ('problem' in trace) throw new Error(trace.problem.message)
  return answerFrom(trace, question)
}

/** One way to one endpoint, apart from everything that is said of it. */
export const wayOf = ({ address, port, cluster, workload, via }: EndpointPath): string =>
  [address, port, cluster, workload, via?.address ?? '-'].join(' ')

/** Ways by which some traffic may arrive. */
export const openWays = (answer: Reachability): readonly string[] =>
  answer.endpoints.filter(({ verdict }) => verdict === 'REACHABLE' || verdict === 'AMBIGUOUS').map(wayOf)

/** The topology with one cluster's objects changed. */
export const withResources = (
  topology: Topology,
  cluster: string,
  change: (resources: readonly KubernetesObject[]) => readonly KubernetesObject[],
): Topology => ({
  ...topology,
  clusters: topology.clusters.map((one) => (one.name === cluster ? { ...one, resources: change(one.resources) } : one)),
})
