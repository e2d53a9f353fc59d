import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeTrust } from '#engine/analysis/trust/judge-trust'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import { listHidden, listVisible } from '#engine/analysis/visibility/list-visible'
import { classifyDeployment } from '#engine/deployment/classify-deployment'
import { describeInventory } from '#engine/inventory/describe-inventory'
import { readDocument } from '#engine/manifests/read-document'
import type { ReachabilityQuestion } from '#engine/model/question'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { makeReport } from '#engine/rules/make-report'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { everyKind } from './kinds.js'
import { at, type KubernetesObject, questionsOf, type Topology, topologies } from './topologies.js'

type Path = readonly (string | number)[]

/** Every place inside an object but those that say who it is: without them a document is refused. */
function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  const inside =
    typeof value !== 'object' || value === null ? [] : Object.keys(value).map((key) => (Array.isArray(value) ? Number(key) : key))
  const member = (key: string | number): unknown => (value as Readonly<Record<string | number, unknown>>)[key]
  const below = inside.flatMap((key) => pathsOf(member(key), [...at, key]))
  const identity = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', 'metadata'].includes(at.join('.'))
  return at.length === 0 || identity ? below : [at, ...below]
}

const places = everyKind.map((object) => pathsOf(object))

/** The object with another value at the place, or under another key. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? changed(item, rest, to) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === key ? changed(item, rest, to) : item]))
}

const hostileTexts = [
  '',
  '*',
  '~',
  '.',
  '/',
  '..',
  'constructor',
  'toString',
  '10.0.0.0/33',
  '::',
  ':::1',
  '0.0.0.0/0',
  '{',
  '- [',
  '`',
  '*.',
  '*.*',
  'unix:///x',
]
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    0.5,
    1e9,
    15443,
    [],
    {},
    [null],
    [[]],
    [1, 'a'],
    [{}],
    { constructor: 'x' },
    { toString: ['y'] },
  ),
  fc.constantFrom<unknown>({ a: { b: [{ c: null }] } }, 'x'.repeat(3000), 'ISTIO_MUTUAL', '15443', 'reviews', ...hostileTexts),
  fc.constantFrom<unknown>(
    { constructor: { prefix: 'x' } },
    { 'request.headers[constructor]': 1 },
    ['constructor'],
    { exact: 5 },
    { regex: '(' },
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Some objects of every kind, with wrong values in some places, and in some cluster. */
const attacks = fc.array(
  fc.record({ kind: fc.nat(), edits: fc.array(fc.record({ place: fc.nat(), to: hostile }), { maxLength: 4 }), cluster: fc.nat() }),
  {
    minLength: 1,
    maxLength: 12,
  },
)

const encoder = new TextEncoder()

const attacked = (
  topology: Topology,
  list: readonly { kind: number; cluster: number; edits: readonly { place: number; to: unknown }[] }[],
): Topology => {
  const clusters = topology.clusters.map((cluster) => ({ ...cluster, resources: [...cluster.resources] }))
  list.forEach(({ kind, cluster, edits }, index) => {
    const which = kind % everyKind.length
    const known = places[which] ?? []
    const object = edits.reduce<unknown>((one, { place, to }) => changed(one, known[place % known.length] ?? [], to), everyKind[which])
    const { metadata } = object as { readonly metadata: KubernetesObject }
    const name = metadata['name'] === 'istio' ? 'istio' : `${String(metadata['name'])}-${index}`
    clusters[cluster % clusters.length]?.resources.push({ ...(object as KubernetesObject), metadata: { ...metadata, name } })
  })
  return { ...topology, clusters }
}

const attributes = {
  method: 'GET',
  path: '/r?q=a',
  headers: [
    { name: 'user', value: 'jason' },
    { name: 'x', value: '' },
  ],
}

const moreQuestions = (clusters: Topology['clusters']): readonly ReachabilityQuestion[] =>
  [
    'reviews',
    'one-0.shop',
    'alias-1',
    'virtual.example',
    'constructor',
    '__proto__',
    '::1',
    '*',
    'a..b',
    '10.0.200.7',
    'db-0.reviews.shop',
  ].flatMap((host) =>
    clusters.slice(0, 1).flatMap(({ name: cluster }) => [
      { from: { cluster, namespace: 'shop', workload: 'client' }, to: { host, ...attributes } },
      { from: { cluster, namespace: 'shop' }, to: { host, port: 9080 } },
      { from: { gateway: `${cluster}/istio-system/istio-crossgateway` }, to: { host } },
      { from: { proxy: { cluster, namespace: 'bank' } }, to: { host, port: 443 } },
    ]),
  )

/** Everything that can be asked of a snapshot, as plain data that may cross a thread. */
function everythingAbout(snapshot: Snapshot, topology: Topology): readonly unknown[] {
  const questions = [...questionsOf(topology), ...moreQuestions(topology.clusters)]
  const calls = questions.map((question) => {
    const trace = traceCall(snapshot, question, at)
    return 'problem' in trace ? trace : answerFrom(trace, question)
  })
  const seen = topology.clusters.flatMap(({ name: cluster }) => {
    const question = { from: { cluster, namespace: 'shop' }, endpoints: true, first: 100 }
    return [listVisible(snapshot, question), listHidden(snapshot, question)]
  })
  const identity = { namespace: 'shop', serviceAccount: 'client' }
  const trust = topology.clusters.map(({ name: cluster }) =>
    judgeTrust(snapshot, { client: { ...identity, cluster }, server: identity }, at),
  )
  return [...calls, ...seen, ...trust, describeInventory(snapshot), classifyDeployment(snapshot), makeReport(snapshot, [], [], at)]
}

const readTopology = (topology: Topology): Snapshot | undefined => {
  const text = JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', ...topology })
  const ingested = readDocument({ body: encoder.encode(text), mediaType: 'application/json' })
  if (!('parts' in ingested)) return undefined
  const { contentHash, header } = ingested
  const parts = ingested.parts.map((part) => ({ ...part, resources: readClusterResources(part.digest, part.body) }))
  return buildSnapshot({ contentHash, header, parts })
}

/** Names that every JavaScript object answers to. */
const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'] as const

const namedAfter = (word: string): readonly KubernetesObject[] => {
  const of = (apiVersion: string, kind: string, spec: unknown) => ({
    apiVersion,
    kind,
    metadata: { name: `x-${kind.toLowerCase()}`, namespace: 'shop' },
    spec,
  })
  const place = { address: '10.0.1.77', labels: { app: 'reviews' }, ports: {} }
  return [
    of('networking.istio.io/v1', 'VirtualService', {
      hosts: ['reviews'],
      http: [
        {
          match: [{ headers: { [word]: { prefix: 'x' } }, queryParams: { [word]: { prefix: 'x' } } }],
          route: [{ destination: { host: 'audit' } }],
        },
      ],
    }),
    of('security.istio.io/v1', 'AuthorizationPolicy', {
      rules: [
        {
          when: [
            { key: `request.headers[${word}]`, values: ['x*'] },
            { key: word, values: ['x'] },
          ],
        },
      ],
    }),
    of('v1', 'Service', { selector: { app: 'reviews' }, ports: [{ name: word, port: 9080, targetPort: word }] }),
    of('networking.istio.io/v1', 'WorkloadEntry', place),
    of('networking.istio.io/v1', 'ServiceEntry', {
      hosts: [word, 'x.example'],
      ports: [{ name: word, number: 9080, protocol: word }],
      resolution: 'STATIC',
      endpoints: [place],
    }),
    of('networking.istio.io/v1', 'DestinationRule', {
      host: 'x-service',
      subsets: [{ name: word, labels: { [word]: 'x' } }],
      trafficPolicy: {
        outlierDetection: {},
        loadBalancer: { localityLbSetting: { failoverPriority: [word], distribute: [{ from: '*', to: { [word]: 1 } }] } },
      },
    }),
    of('maistra.io/v2', 'ServiceMeshControlPlane', { version: word }),
    { apiVersion: `${word}/v1`, kind: word, metadata: { name: word, namespace: word } },
  ]
}

describe('a hostile document', () => {
  it.each(inherited)('means nothing special by the name `%s`', (word) => {
    const [topology] = fc.sample(topologies({ clusters: 2 }), { seed: 7, numRuns: 1 })
    if (topology === undefined) return
    const clusters = topology.clusters.map((cluster) => ({ ...cluster, resources: [...cluster.resources, ...namedAfter(word)] }))
    const snapshot = readTopology({ ...topology, clusters })
    if (snapshot === undefined) return expect(word).toBe('__proto__')
    const asked = clusters.flatMap(({ name: cluster }) =>
      ['reviews', 'x-service', 'x.example', word].map((host) => ({
        from: { cluster, namespace: 'shop', workload: 'client' },
        to: { host, port: 9080, path: '/?a=b' },
      })),
    )
    const told = (question: ReachabilityQuestion): unknown => {
      const trace = traceCall(snapshot, question, at)
      return 'problem' in trace ? trace : answerFrom(trace, question)
    }
    const answers = [...asked.map(told), ...everythingAbout(snapshot, topology)]
    expect(JSON.parse(JSON.stringify(structuredClone(answers)))).toEqual(JSON.parse(JSON.stringify(answers)))
    expect(JSON.stringify(answers)).not.toContain('native code')
  })

  it('is refused or answered, never thrown at: wrong values anywhere in objects of every kind', () => {
    fc.assert(
      fc.property(topologies({ clusters: 3 }), attacks, (topology, list) => {
        const other = attacked(topology, list)
        const snapshot = readTopology(other)
        if (snapshot === undefined) return
        const answers = everythingAbout(snapshot, other)
        expect(JSON.parse(JSON.stringify(structuredClone(answers)))).toEqual(JSON.parse(JSON.stringify(answers)))
      }),
      { numRuns: 60 },
    )
  })

  /** What the engine does not look at, or takes in any form. */
  const untouched =
    /^(metadata|data)|\.(image|httpStatus|httpHeaderName|defaultEndpoint|annotations|consistentHash\.\w+)$|jwtRules|containers\.0\.env|initContainers|matchExpressions|spec\.selector|ingress\.0\.port|conditions\.0|\.type$|targetRef\.kind|spec\.clusterIP$|spec\.gateways|eshConfig\b/

  it.each(everyKind.map((object, index) => [`${String(object['apiVersion'])} ${String(object['kind'])}`, object, index] as const))(
    'a field of %s that has a wrong shape is named as unreadable',
    (_title, object, index) => {
      const silent = (places[index] ?? []).filter((place) => {
        const before = place.reduce<unknown>((value, key) => (value as Readonly<Record<string | number, unknown>>)[key], object)
        const wrong = Array.isArray(before) || typeof before !== 'object' ? { a: 1 } : ['x']
        const { unreadable } = readClusterResources('', encoder.encode(JSON.stringify([changed(object, place, wrong)])))
        return unreadable.length === 0 && !untouched.test(place.join('.'))
      })
      expect(silent.map((place) => place.join('.'))).toEqual([])
    },
  )
})
