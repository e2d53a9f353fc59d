import { describe, expect, it } from 'vitest'
import { isProblem } from '#engine/manifests/document-fault'
import { readDocument } from '#engine/manifests/read-document'
import { readClusterEntry } from '#engine/manifests/read-cluster-entry'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import { traceCall } from '#engine/analysis/trace-call'
import { fullSize, planMesh, type Size } from '../../bench/generate/plan.js'
import { questionsOf } from '../../bench/generate/questions.js'
import { generateDocuments } from '../../bench/generated-documents.js'

const small: Size = { clusters: 4, services: 60, pods: 200, namespaces: 12 }
const json = 'application/json'

const ingest = (body: Uint8Array) => {
  const read = readDocument({ body, mediaType: json })
  if (isProblem(read)) throw new Error(read.message)
  return read
}

describe('the generated mesh', () => {
  const plan = planMesh(small)
  const documents = generateDocuments(plan)
  const ingested = ingest(documents.document)
  const snapshot = buildSnapshot({
    contentHash: ingested.contentHash,
    header: ingested.header,
    parts: ingested.parts.map(({ cluster, digest, body, places }) => ({ cluster, resources: readClusterResources(digest, body), places })),
  })
  const resources = [...snapshot.clusters.values()].map((cluster) => cluster.resources)
  const total = (kind: string): number => resources.reduce((sum, { counts }) => sum + (counts[kind] ?? 0), 0)

  it('has the services and pods of its size, and those of the mesh itself', () => {
    expect(total('Service')).toBe(60 + 2 * 4)
    expect(total('Pod')).toBe(200 + 4 * 4)
    expect(total('EndpointSlice')).toBe(60 + 2 * 4)
    expect(total('Namespace')).toBe((12 + 1) * 4)
  })

  it('reads without a note, an unknown kind or an unreadable part', () => {
    expect(ingested.notes).toEqual([])
    expect(resources.flatMap(({ unknownKinds, unreadable }) => [...unknownKinds, ...unreadable])).toEqual([])
    expect(snapshot.inconsistencies).toEqual([])
  })

  it('has every kind of Istio object that the analysis weighs', () => {
    for (const kind of ['VirtualService', 'DestinationRule', 'Sidecar', 'PeerAuthentication', 'AuthorizationPolicy', 'Gateway'])
      expect(total(kind), kind).toBeGreaterThan(0)
  })

  it('spreads two networks over its clusters, each with a gateway for the others', () => {
    expect([...snapshot.clusters.values()].map(({ network }) => network.value)).toEqual(['network1', 'network1', 'network2', 'network2'])
    expect([...snapshot.view('cluster-1').gateways.keys()].sort()).toEqual(['network1', 'network2'])
  })

  it('repeats some services in every cluster, and keeps others in one (MODEL-1)', () => {
    const places = new Map<string, number>()
    for (const { applications } of plan.clusters) for (const { name } of applications) places.set(name, (places.get(name) ?? 0) + 1)
    expect(new Set(places.values())).toEqual(new Set([1, 2, 4]))
  })

  it('is the same each time, and another document when a cluster changes', () => {
    expect(ingest(generateDocuments(planMesh(small)).document).contentHash).toBe(ingested.contentHash)
    const changed = ingest(documents.changed(1))
    const differing = changed.parts.filter(({ digest }, index) => digest !== ingested.parts[index]?.digest)
    expect(differing.map(({ cluster }) => cluster)).toEqual([documents.cluster])
  })

  it('gives the changed cluster’s entry alone with the same content as inside the document', () => {
    const entry = readClusterEntry({ body: documents.entry(1), mediaType: json }, ingested.header, documents.cluster)
    if (isProblem(entry)) throw new Error(entry.message)
    expect(entry.part.digest).toBe(ingest(documents.changed(1)).parts[0]?.digest)
  })

  it('can be asked about: every question is one, and some calls arrive and some do not', () => {
    const traces = questionsOf(plan, 0, 200).map((question) => traceCall(snapshot, question, Date.UTC(2026, 2, 1)))
    const verdicts = new Set(traces.map((trace) => ('problem' in trace ? trace.problem.message : trace.verdict)))
    expect([...verdicts].sort()).toEqual(expect.arrayContaining(['REACHABLE', 'UNREACHABLE']))
    for (const verdict of verdicts) expect(['REACHABLE', 'UNREACHABLE', 'AMBIGUOUS']).toContain(verdict)
  })
})

describe('the mixed mesh', () => {
  const plan = planMesh(small, true)
  const { contentHash, header, parts } = ingest(generateDocuments(plan).document)
  const snapshot = buildSnapshot({
    contentHash,
    header,
    parts: parts.map(({ cluster, digest, body, places }) => ({ cluster, resources: readClusterResources(digest, body), places })),
  })
  const workloads = [...snapshot.clusters.values()].flatMap((cluster) =>
    [...cluster.namespaceNames].flatMap((name) => cluster.workloads(name)),
  )

  it('has the applications of the other, a third of the namespaces in ambient mode and a third routed by the Gateway API', () => {
    expect(plan.clusters).toEqual(planMesh(small).clusters)
    expect(plan.namespaces.filter(({ ambient }) => ambient)).toHaveLength(4)
    expect(plan.namespaces.filter(({ byGatewayApi }) => byGatewayApi)).toHaveLength(4)
    expect(new Set(workloads.map(({ dataPlane }) => dataPlane))).toEqual(new Set(['SIDECAR', 'AMBIENT', 'NONE', 'GATEWAY', 'WAYPOINT']))
  })

  it('can be asked about, through waypoints and by routes of the Gateway API', () => {
    const traces = questionsOf(plan, 0, 400).map((question) => traceCall(snapshot, question, Date.UTC(2026, 2, 1)))
    const reasons = traces.flatMap((trace) => ('problem' in trace ? [trace.problem.message] : trace.steps.map(({ reason }) => reason)))
    expect(reasons).toEqual(expect.arrayContaining(['TO_WAYPOINT', 'ROUTED', 'PAST_WAYPOINT']))
    const verdicts = new Set(traces.map((trace) => ('problem' in trace ? trace.problem.message : trace.verdict)))
    for (const verdict of verdicts) expect(['REACHABLE', 'UNREACHABLE', 'AMBIGUOUS']).toContain(verdict)
  })
})

describe('the questions of the bench', () => {
  it('are all different, ten thousand of them over the whole mesh', () => {
    const texts = questionsOf(planMesh(fullSize), 0, 10_000).map((question) => JSON.stringify(question))
    expect(new Set(texts).size).toBe(10_000)
  })
})
