import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { answerIsolation } from '#engine/groups/answer-isolation'
import { inventoryServices } from '#engine/inventory/inventory-services'
import type { IsolationVerdict } from '#engine/model/groups/grouped-calls'
import type { ReachabilityQuestion, SourceInput } from '#engine/model/question'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { isPassed, type Workload } from '#engine/snapshot/workloads/workload'
import { crowded } from './crowds.js'
import { at, type KubernetesObject, read, type Topology, topologies } from './topologies.js'

const object = (apiVersion: string, kind: string, namespace: string, name: string, rest: KubernetesObject): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { namespace, name },
  ...rest,
})
const networking = (kind: string, namespace: string, name: string, spec: KubernetesObject) =>
  object('networking.istio.io/v1', kind, namespace, name, { spec })

const reviews = 'reviews.shop.svc.cluster.local'
const ledger = 'ledger.bank.svc.cluster.local'
const http = [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 9080 }]

/** Proxies that call nothing but what they are given: their own, and what stands in `lab`. */
const narrow = ['shop', 'bank'].map((namespace) =>
  networking('Sidecar', namespace, 'narrow', {
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    egress: [{ hosts: ['./*', 'lab/*'] }],
  }),
)

/** Each leads from one namespace to the other by a name that is neither's service. */
const ways: readonly KubernetesObject[] = [
  networking('VirtualService', 'bank', 'way', { hosts: ['ledger'], http: [{ route: [{ destination: { host: reviews } }] }] }),
  networking('VirtualService', 'shop', 'way', { hosts: ['audit'], tcp: [{ route: [{ destination: { host: ledger } }] }] }),
  networking('ServiceEntry', 'lab', 'wild', {
    hosts: ['*.lab.example'],
    addresses: ['240.1.0.1'],
    ports: http,
    resolution: 'STATIC',
    endpoints: [{ address: '10.0.1.1' }],
  }),
  networking('ServiceEntry', 'lab', 'alias', {
    hosts: ['alias.example'],
    addresses: ['240.1.0.2'],
    ports: [{ number: 9080, name: 'http', protocol: 'HTTP' }],
    resolution: 'DNS',
    endpoints: [{ address: ledger }],
  }),
  object('v1', 'Service', 'lab', 'door', { spec: { clusterIP: '10.0.250.1', ports: [{ name: 'http', port: 80, targetPort: 9080 }] } }),
  object('discovery.k8s.io/v1', 'EndpointSlice', 'lab', 'door-1', {
    metadata: { namespace: 'lab', name: 'door-1', labels: { 'kubernetes.io/service-name': 'door' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.1.1'], conditions: { ready: true } }],
    ports: [{ name: 'http', port: 9080, protocol: 'TCP' }],
  }),
]

/** Half of the topologies close everything but these. */
const withWays = (from: fc.Arbitrary<Topology>): fc.Arbitrary<Topology> =>
  fc.record({ topology: from, closed: fc.boolean(), some: fc.subarray([...ways]) }).map(({ topology, closed, some }) => ({
    ...topology,
    clusters: topology.clusters.map((one) => ({ ...one, resources: [...one.resources, ...(closed ? narrow : []), ...some] })),
  }))

const membersOf = (snapshot: Snapshot, namespace: string): readonly Workload[] =>
  [...snapshot.clusters.values()].flatMap((cluster) => [...cluster.workloads(namespace)])

/** Each owner once. */
const sourcesOf = (workloads: readonly Workload[]): readonly SourceInput[] => [
  ...new Map(
    workloads
      .filter((one) => !isPassed(one))
      .map(({ cluster, namespace, owner }) => [
        `${cluster} ${namespace} ${owner.kind} ${owner.name}`,
        { cluster, namespace, workload: `${owner.kind}/${owner.name}` },
      ]),
  ).values(),
]

/** Every service that there is, whosever it is, and every address of the servers at the ports that they declare. */
const callsTo = (snapshot: Snapshot, servers: readonly Workload[]): readonly ReachabilityQuestion['to'][] => [
  ...inventoryServices(snapshot).flatMap(({ host, ports }) =>
    ports.map(({ number }) => ({ host: host.replace('*', 'some'), port: number })),
  ),
  ...servers.flatMap(({ ips, containerPorts }) => ips.flatMap((host) => containerPorts.map(({ number }) => ({ host, port: number })))),
]

/** What becomes of what is sent to one of the servers, by whatever name it was called. */
function endsAt(snapshot: Snapshot, callers: readonly Workload[], servers: readonly Workload[]): readonly string[] {
  const meant = new Set(servers)
  return sourcesOf(callers).flatMap((from) =>
    callsTo(snapshot, servers).flatMap((to) => {
      const trace = traceCall(snapshot, { from, to }, at)
      if ('problem' in trace) throw new Error(trace.problem.message)
      return trace.endpoints
        .filter(({ priority, path: { server } }) => priority !== null && server !== undefined && meant.has(server))
        .map(({ end }) => `${end.verdict} ${JSON.stringify({ from, to })}`)
    }),
  )
}

describe('isolation', () => {
  it('is broken exactly when some workload is let in by one of the other side, each asked by itself by every name there is (VIS-21, VIS-31)', () => {
    const seen = new Set<IsolationVerdict>()
    fc.assert(
      fc.property(withWays(crowded(topologies({ clusters: 2 }))), (topology) => {
        const { snapshot } = read(topology)
        const answer = answerIsolation(snapshot, { between: [{ namespace: 'shop' }, { namespace: 'bank' }] }, { at })
        if ('problem' in answer) throw new Error(answer.problem.message)
        const [shop, bank] = [membersOf(snapshot, 'shop'), membersOf(snapshot, 'bank')]
        const ends = [...endsAt(snapshot, shop, bank), ...endsAt(snapshot, bank, shop)]
        const arriving = ends.filter((end) => /^(REACHABLE|AMBIGUOUS) /.test(end))
        if (answer.verdict === 'BROKEN') expect(arriving).not.toEqual([])
        else expect(arriving).toEqual([])
        if (answer.verdict === 'HOLDS') expect(ends.filter((end) => end.startsWith('UNDETERMINED '))).toEqual([])
        seen.add(answer.verdict)
      }),
      { numRuns: 150 },
    )
    expect([...seen].toSorted()).toEqual(['BROKEN', 'HOLDS', 'UNDETERMINED'])
  })
})
