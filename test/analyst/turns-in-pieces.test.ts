import { dump } from 'js-yaml'
import { afterEach, describe, expect, it } from 'vitest'
import type { Asks, Upload } from '#analyst/analyst'
import { sourceOf } from '#analyst/version-source'
import { createWorkbench, type Workbench } from '#analyst/workbench'
import type { Work } from '#analyst/turn-taking/work'
import { roomOf } from '#engine/model/answer-too-large'
import { whenPausing } from '#engine/pause'
import { planMesh } from '../../bench/generate/plan.js'
import { generateDocuments } from '../../bench/generated-documents.js'
import { storedVersion } from './shop.js'

afterEach(() => whenPausing(undefined))

const istio = 'networking.istio.io/v1'
const security = 'security.istio.io/v1'
const inShop = (kind: string, name: string, spec: object, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
})
const labelled = (name: string) => ({ metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'main' }] } })
const deployment = (name: string) =>
  inShop('Deployment', name, { selector: { matchLabels: { app: name } }, template: labelled(name) }, 'apps/v1')
const service = (name: string) => inShop('Service', name, { selector: { app: name }, ports: [{ name: 'http', port: 80 }] })
const routed = (http: readonly object[]) => inShop('VirtualService', 'cart', { hosts: ['cart'], http }, 'networking.istio.io/v1')
const toCart = [{ destination: { host: 'cart' } }]

function topologyOf(...resources: readonly object[]): Upload {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } }
  const basic = [namespace, ...['cart', 'web'].flatMap((name) => [deployment(name), service(name)])]
  const west = { name: 'west', controlPlane: { role: 'PRIMARY' }, resources: [...basic, ...resources] }
  const document = { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [west] }
  return { body: new TextEncoder().encode(JSON.stringify(document)), mediaType: 'application/json' }
}

const allowing = (rules: readonly object[]) => inShop('AuthorizationPolicy', 'callers', { rules }, security)

const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
const question = { from, to: { host: 'cart', port: 80, path: '/x' } }
const toNobody = (at: number) => [{ destination: { host: `gone${at}` } }]
const nobody = (at: number) => ({ principals: [`cluster.local/ns/shop/sa/gone${at}`] })
const asked: Asks['calls']['asked'] = { questions: [question], at: 0, room: roomOf(16 * 1024 ** 2) }

interface Times {
  readonly longest: number
  readonly all: number
}

/** Microseconds of processor time, which stands still while other programs have the processor. */
const taken = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Microseconds of the longest piece of work, and of all of it. */
async function timesOf(work: Work<unknown>): Promise<Times> {
  let [longest, all, last] = [0, 0, 0]
  const look = (): void => {
    const now = taken()
    longest = Math.max(longest, now - last)
    all += now - last
    last = taken()
  }
  whenPausing(look)
  for (let given: unknown; ; ) {
    last = taken()
    const { value, done } = work.next(given)
    look()
    if (done === true) return { longest, all }
    given = typeof value === 'function' ? await new Promise((resolve) => value((each) => resolve(each))) : undefined
  }
}

const workbench = (): Workbench => createWorkbench({ cacheBytes: 1024 ** 3 })

/** A question about a version of which nothing is kept. */
const asking = async (upload: Upload): Promise<Times> => {
  const source = sourceOf(await storedVersion(upload))
  return timesOf(workbench().answer({ kind: 'calls', ...asked }, [source]))
}

/**
 * The longest piece as a share of all is to be less. A collection of garbage stretches one now and then, so that it is measured once more, and once more;
 * a loop that never pauses is long each time.
 */
async function expectShareBelow(most: number, upload: Upload, measure: (upload: Upload) => Promise<Times>): Promise<void> {
  let share = 1
  for (let round = 0; round < 3 && share >= most; round += 1) {
    const { longest, all } = await measure({ ...upload, body: upload.body.slice() })
    share = longest / all
  }
  expect(share).toBeLessThan(most)
}

describe('a question that takes long lets others have their turn all the way, also where it finds nothing kept', () => {
  it.each([
    [
      'a route to many weighted destinations',
      0.16,
      topologyOf(
        routed([{ route: Array.from({ length: 60_000 }, (_, at) => ({ destination: { host: at % 2 ? 'cart' : 'web' }, weight: 1 })) }]),
      ),
    ],
    [
      'many routes',
      0.16,
      topologyOf(routed(Array.from({ length: 12_000 }, (_, at) => ({ match: [{ uri: { exact: `/${at}` } }], route: toCart })))),
    ],
    [
      'rules that let nobody in',
      0.16,
      topologyOf(allowing(Array.from({ length: 12_000 }, (_, at) => ({ from: [{ source: nobody(at) }] })))),
    ],
    [
      'rules whose entries multiply',
      0.16,
      topologyOf(
        allowing(
          Array.from({ length: 4 }, () => ({
            from: Array.from({ length: 1_000 }, (_, at) => ({ source: nobody(at) })),
            to: Array.from({ length: 1_000 }, (_, at) => ({ operation: { paths: [`/p${at}*`] } })),
          })),
        ),
      ),
    ],
    [
      'values of one rule',
      0.16,
      topologyOf(allowing([{ from: [{ source: { namespaces: Array.from({ length: 100_000 }, (_, at) => `*${at}`) } }] }])),
    ],
    [
      'hosts of one Sidecar',
      0.2,
      topologyOf(inShop('Sidecar', 'default', { egress: [{ hosts: Array.from({ length: 60_000 }, (_, at) => `*/h${at}.x`) }] }, istio)),
    ],
    ['many services', 0.16, topologyOf(...Array.from({ length: 6_000 }, (_, at) => [service(`s${at}`), deployment(`s${at}`)]).flat())],
  ])('%s', async (_title, most, upload) => expectShareBelow(most, upload, asking))
})

const size = { clusters: 2, services: 250, pods: 1_000, namespaces: 12 }
const mesh: Upload = { body: generateDocuments(planMesh(size)).document, mediaType: 'application/json' }
const many = (one: (at: number) => object): Upload => topologyOf(...Array.from({ length: 4_000 }, (_, at) => one(at)))
const selecting = (at: number) => ({ selector: { matchLabels: { app: `a${at}` } } })

/** What is found in each of these costs its rules the most, and most is found of it. */
const manyOfAKind: readonly (readonly [string, Upload])[] = [
  ['a mesh', mesh],
  [
    'hosts that nobody declares',
    many((at) => inShop('VirtualService', `v${at}`, { hosts: [`h${at}`], http: [{ route: toNobody(at) }] }, istio)),
  ],
  [
    'policies of one workload',
    many((at) => inShop('AuthorizationPolicy', `p${at}`, { rules: [{ from: [{ source: nobody(at) }] }] }, security)),
  ],
  ['policies of nobody', many((at) => inShop('PeerAuthentication', `p${at}`, { ...selecting(at), mtls: { mode: 'STRICT' } }, security))],
  ['rules of one host', many((at) => inShop('DestinationRule', `d${at}`, { host: 'cart', subsets: [{ name: 'v1' }] }, istio))],
  [
    'routes of the Gateway API',
    many((at) => inShop('HTTPRoute', `r${at}`, { parentRefs: [{ name: 'gone' }] }, 'gateway.networking.k8s.io/v1')),
  ],
  [
    'matches of one route',
    topologyOf(
      routed([{ match: Array.from({ length: 20_000 }, (_, at) => ({ headers: { [`h${at}`]: { exact: 'x' } } })), route: toCart }]),
    ),
  ],
  [
    'rules of one policy',
    topologyOf(
      inShop(
        'AuthorizationPolicy',
        'p',
        { rules: Array.from({ length: 20_000 }, (_, at) => ({ from: [{ source: nobody(at) }] })) },
        security,
      ),
    ),
  ],
  ['namespaces', many((at) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `n${at}` } }))],
]

describe('what is said of whole documents lets others have their turn all the way', () => {
  it.each(manyOfAKind)('a report on %s', async (_title, upload) => {
    const report = (one: Upload): Promise<Times> =>
      timesOf(workbench().write({ kind: 'validate', upload: one, at: 0 }, [], roomOf(1024 ** 3)))
    await expectShareBelow(0.1, upload, report)
  })

  const prepare = (upload: Upload): Promise<Times> => timesOf(workbench().answer({ kind: 'prepare', upload, at: 0 }, []))

  it.each(['application/json', 'application/yaml'] as const)('taking one in to be stored, as %s', async (mediaType) => {
    const text = new TextDecoder().decode(mesh.body)
    const body = mediaType === 'application/json' ? mesh.body : new TextEncoder().encode(`---\n${dump(JSON.parse(text), { noRefs: true })}`)
    await expectShareBelow(0.1, { body, mediaType }, prepare)
  })

  it.each([
    ['that do not hold', { workload: 'web' }],
    ['about nobody', { labels: { app: 'gone' } }],
  ])('taking in many assertions %s', async (_title, caller) => {
    const assertion = { from: { cluster: 'west', namespace: 'shop', ...caller }, to: { host: 'cart' }, expect: 'UNREACHABLE' }
    const document = JSON.parse(new TextDecoder().decode(topologyOf().body)) as object
    const assertions = Array.from({ length: 12_000 }, (_, at) => ({ name: `a${at}`, ...assertion }))
    const body = new TextEncoder().encode(JSON.stringify({ ...document, assertions }))
    await expectShareBelow(0.1, { body, mediaType: 'application/json' }, prepare)
  })
})
