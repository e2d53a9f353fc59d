import { afterEach, describe, expect, it } from 'vitest'
import type { Asks, Upload } from '#analyst/analyst'
import { sourceOf } from '#analyst/version-source'
import { createWorkbench } from '#analyst/workbench'
import { roomOf } from '#engine/model/answer-too-large'
import { whenPausing } from '#engine/pause'
import { storedVersion } from './shop.js'

afterEach(() => whenPausing(undefined))

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

const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
const question = { from, to: { host: 'cart', port: 80, path: '/x' } }
const asked: Asks['calls']['asked'] = { questions: [question], at: 0, room: roomOf(16 * 1024 ** 2) }

/** Milliseconds of the longest piece of work, and of all of it: asked of a version of which nothing is kept. */
async function timesOf(upload: Upload): Promise<{ readonly longest: number; readonly all: number }> {
  const source = sourceOf(await storedVersion(upload))
  const work = createWorkbench({ cacheBytes: 1024 ** 3 }).answer({ kind: 'calls', ...asked }, [source])
  let [longest, all, last] = [0, 0, 0]
  const look = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    all += now - last
    last = performance.now()
  }
  whenPausing(look)
  for (let given: unknown; ; ) {
    last = performance.now()
    const { value, done } = work.next(given)
    look()
    if (done === true) return { longest, all }
    given = typeof value === 'function' ? await new Promise((resolve) => value((each) => resolve(each))) : undefined
  }
}

describe('a question that takes long lets others have their turn all the way, also where it finds nothing kept', () => {
  it.each([
    [
      'a route to many weighted destinations',
      0.08,
      topologyOf(
        routed([{ route: Array.from({ length: 60_000 }, (_, at) => ({ destination: { host: at % 2 ? 'cart' : 'web' }, weight: 1 })) }]),
      ),
    ],
    [
      'many routes',
      0.16,
      topologyOf(routed(Array.from({ length: 12_000 }, (_, at) => ({ match: [{ uri: { exact: `/${at}` } }], route: toCart })))),
    ],
    ['many services', 0.08, topologyOf(...Array.from({ length: 6_000 }, (_, at) => [service(`s${at}`), deployment(`s${at}`)]).flat())],
  ])('%s', async (_title, most, upload) => {
    // A machine that is busy, or a collection of garbage, stretches a piece now and then; a loop that never pauses is long each time.
    const rounds = [
      await timesOf({ ...upload, body: upload.body.slice() }),
      await timesOf({ ...upload, body: upload.body.slice() }),
      await timesOf(upload),
    ]
    const shares = rounds.map(({ longest, all }) => longest / all)
    expect(Math.min(...shares)).toBeLessThan(most)
  })
})
