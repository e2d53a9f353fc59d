import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ListedEndpoint } from '#engine/analysis/answer/listed-endpoint'
import { traceCall } from '#engine/analysis/trace-call'
import { answerEffectivePolicy } from '#engine/groups/effective/answer-effective-policy'
import { inventoryServices } from '#engine/inventory/inventory-services'
import { inventoryWorkloads } from '#engine/inventory/inventory-workloads'
import { isProblem } from '#engine/model/app-error'
import type { PolicyRow } from '#engine/model/groups/effective-policy'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { ResourceRef } from '#engine/model/resource-ref'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { crowded } from './crowds.js'
import { at, type KubernetesObject, read, type Topology, topologies } from './topologies.js'

const security = (
  kind: string,
  namespace: string,
  name: string,
  spec: KubernetesObject,
  annotations: KubernetesObject = {},
): KubernetesObject => ({
  apiVersion: 'security.istio.io/v1',
  kind,
  metadata: { namespace, name, annotations, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec,
})
const reviews = { selector: { matchLabels: { app: 'reviews' } } }

/** Some of these are in force, and some are not though they select the workload: by their place, age, mode, or as they are only tried. */
const contested: readonly KubernetesObject[] = [
  security('PeerAuthentication', 'istio-system', 'default', { mtls: { mode: 'STRICT' } }),
  security('PeerAuthentication', 'istio-system', 'selecting', { ...reviews, mtls: { mode: 'DISABLE' } }),
  security('PeerAuthentication', 'shop', 'default', { mtls: { mode: 'PERMISSIVE' } }),
  security('PeerAuthentication', 'shop', 'second', { mtls: { mode: 'DISABLE' } }),
  security('PeerAuthentication', 'shop', 'unset', { ...reviews, portLevelMtls: { 9999: { mode: 'STRICT' } } }),
  security('PeerAuthentication', 'shop', 'port', { ...reviews, mtls: { mode: 'UNSET' }, portLevelMtls: { 9080: { mode: 'STRICT' } } }),
  security('AuthorizationPolicy', 'shop', 'tried', { action: 'DENY', rules: [{}] }, { 'istio.io/dry-run': 'true' }),
  security('AuthorizationPolicy', 'bank', 'closed', { rules: [{ from: [{ source: { namespaces: ['bank'] } }] }] }),
  security('AuthorizationPolicy', 'shop', 'elsewhere', {
    targetRefs: [{ kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'gate' }],
    action: 'DENY',
    rules: [{}],
  }),
]

const withContests = (from: fc.Arbitrary<Topology>): fc.Arbitrary<Topology> =>
  fc.record({ topology: from, some: fc.subarray([...contested], { minLength: 2 }) }).map(({ topology, some }) => ({
    ...topology,
    clusters: topology.clusters.map((one) => ({ ...one, resources: [...one.resources, ...some] })),
  }))

const questionsOf = (snapshot: Snapshot): readonly ReachabilityQuestion[] =>
  inventoryWorkloads(snapshot)
    .filter(({ dataPlane }) => dataPlane !== 'GATEWAY')
    .flatMap(({ cluster, namespace, kind, name }) =>
      inventoryServices(snapshot).flatMap(({ host, ports }) =>
        ports.map(({ number }) => ({ from: { cluster, namespace, workload: `${kind}/${name}` }, to: { host, port: number } })),
      ),
    )

const endpointsOf = (snapshot: Snapshot, question: ReachabilityQuestion): readonly ListedEndpoint[] => {
  const trace = traceCall(snapshot, question, at)
  return isProblem(trace) ? [] : trace.endpoints
}

const rowsFor = (snapshot: Snapshot, of: ReachabilityQuestion['from']): readonly PolicyRow[] => {
  const answer = answerEffectivePolicy(snapshot, { of, first: 10_000 })
  if (isProblem(answer)) throw new Error(answer.problem.message)
  return answer.rows
}

const keyOf = ({ cluster, kind, namespace, name }: ResourceRef): string => [cluster, kind, namespace, name].join(' ')

const concerns = { TRANSPORT: 'MUTUAL_TLS', AUTHORIZATION: 'AUTHORIZATION' } as const
const kinds: Readonly<Record<string, string>> = { MUTUAL_TLS: 'PeerAuthentication', AUTHORIZATION: 'AuthorizationPolicy' }

/** What a call met at its server, and what is said to be in force there. */
function checkMet(snapshot: Snapshot, { path, end }: ListedEndpoint): number {
  const { server, serverPort } = path
  if (server === undefined || server.dataPlane !== 'SIDECAR' || path.passage !== undefined) return 0
  const { cluster, namespace, owner } = server
  const rows = rowsFor(snapshot, { cluster, namespace, workload: `${owner.kind}/${owner.name}` })
  // What callers of another control plane send, that one says (TLS-4).
  const own = snapshot.controlPlanes.get(server.controlPlane ?? '')?.configCluster
  const met = end.recorder.steps.flatMap(({ stage, because }) =>
    stage === 'TRANSPORT' || stage === 'AUTHORIZATION'
      ? because
          .filter((ref) => ref.cluster === own && ref.kind === kinds[concerns[stage]])
          .map((ref) => ({ ref, concern: concerns[stage] }))
      : [],
  )
  for (const { ref, concern } of met) {
    const inForce = rows.filter(
      (row) => row.state === 'IN_FORCE' && row.concern === concern && (row.port === null || row.port === serverPort),
    )
    expect(inForce.flatMap(({ resource }) => (resource === null ? [] : [keyOf(resource)]))).toContain(keyOf(ref))
  }
  return met.length
}

const without = (topology: Topology, { cluster, kind, namespace, name }: ResourceRef): Topology => ({
  ...topology,
  clusters: topology.clusters.map((one) =>
    one.name !== cluster
      ? one
      : {
          ...one,
          resources: one.resources.filter((object) => {
            const metadata = object['metadata'] as Readonly<Record<string, unknown>>
            return !(object['kind'] === kind && metadata['namespace'] === namespace && metadata['name'] === name)
          }),
        },
  ),
})

/** How calls end at a workload. */
const endsAt = (snapshot: Snapshot, workload: string): readonly string[] =>
  questionsOf(snapshot).flatMap((question) =>
    endpointsOf(snapshot, question).flatMap(({ path: { server, serverPort }, end }) =>
      server !== undefined && `${server.cluster}/${server.namespace}/${server.owner.name}` === workload
        ? [`${JSON.stringify(question)} ${serverPort} ${end.verdict} ${end.reason}`]
        : [],
    ),
  )

describe('what is in force for a workload', () => {
  it('has everything that a call names at it (TLS-1, TLS-2, AUTHZ-4)', () => {
    let met = 0
    fc.assert(
      fc.property(withContests(crowded(topologies({ clusters: 2 }))), (topology) => {
        const { snapshot } = read(topology)
        for (const question of questionsOf(snapshot)) for (const one of endpointsOf(snapshot, question)) met += checkMet(snapshot, one)
      }),
      { numRuns: 40 },
    )
    expect(met).toBeGreaterThan(100)
  })

  it('is all that counts: what is said to be overridden or not enforced at every port changes no call when it is taken away (TLS-2, AUTHZ-31)', () => {
    let taken = 0
    fc.assert(
      fc.property(withContests(topologies({ clusters: 2 })), fc.nat(), (topology, pick) => {
        const { snapshot } = read(topology)
        const workloads = inventoryWorkloads(snapshot).filter(({ dataPlane }) => dataPlane === 'SIDECAR')
        const chosen = workloads[pick % Math.max(1, workloads.length)]
        if (chosen === undefined) return
        const { cluster, namespace, kind, name } = chosen
        const rows = rowsFor(snapshot, { cluster, namespace, workload: `${kind}/${name}` }).filter(({ concern }) => concern in kinds)
        const inForce = new Set(rows.flatMap(({ state, resource }) => (state === 'IN_FORCE' && resource !== null ? [keyOf(resource)] : [])))
        const idle = new Map(
          rows.flatMap(({ resource }) => (resource === null || inForce.has(keyOf(resource)) ? [] : [[keyOf(resource), resource]])),
        )
        for (const ref of [...idle.values()].slice(0, 3)) {
          const after = read(without(topology, ref)).snapshot
          const workload = `${cluster}/${namespace}/${name}`
          expect(endsAt(after, workload)).toEqual(endsAt(snapshot, workload))
          taken += 1
        }
      }),
      { numRuns: 60 },
    )
    expect(taken).toBeGreaterThan(20)
  })
})
