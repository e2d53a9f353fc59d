import { afterAll, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Upload } from '#analyst/analyst'
import { createWorkerAnalyst } from '#analyst/worker-analyst'
import { callTo, shopUpload, storedVersion } from './shop.js'

const faults: string[] = []
const workers = createWorkerAnalyst({ threads: 1, heapMb: 128, onFault: (fault) => faults.push(fault) })
afterAll(() => workers.close())

/** Matches take many times their bytes when they are read. */
const matches = 20_000
const versions = 20

/** Its bytes differ from those of all others. */
function wideUpload(at: number): Upload {
  const { body, mediaType } = shopUpload()
  const document = JSON.parse(new TextDecoder().decode(body)) as { readonly clusters: readonly { readonly resources: object[] }[] }
  const match = Array.from({ length: matches }, () => ({ uri: { exact: `/${at}` } }))
  document.clusters[0]?.resources.push({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'wide', namespace: 'shop' },
    spec: {
      hosts: ['cart'],
      http: [{ match, route: [{ destination: { host: 'cart' } }] }, { route: [{ destination: { host: 'cart' } }] }],
    },
  })
  return { body: new TextEncoder().encode(JSON.stringify(document)), mediaType }
}

it('lets go of versions that take more of the heap than their bytes say, and lives', async () => {
  const here = createInProcessAnalyst()
  const stored = await Promise.all(Array.from({ length: versions }, (_, at) => storedVersion(wideUpload(at), here)))
  const ask = async (version: (typeof stored)[number] | undefined): Promise<unknown> =>
    version && (await workers.ask('reachability', { questions: [callTo('cart')], at: 0 }, version))
  for (const version of stored) expect(await ask(version)).toMatchObject({ value: [{ value: { verdict: 'REACHABLE' } }] })
  expect(faults).toEqual([])
  const [first] = stored
  const last = stored.at(-1)
  const loads = (): (number | undefined)[] => [first?.loads.length, last?.loads.length]
  const before = loads()
  for (const version of [last, first]) await ask(version)
  // All of them by their bytes would have been kept.
  expect(loads().map((after, at) => after !== before[at])).toEqual([true, false])
}, 120_000)
