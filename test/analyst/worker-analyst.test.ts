import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Analyst, AnswerTo, VersionContent } from '#analyst/analyst'
import { createInProcessAnalyst } from '#analyst/in-process'
import { createWorkerAnalyst } from '#analyst/worker-analyst'
import { cancelWork, createWorkSignal, progressOf } from '#engine/model/work-signal'
import { callTo, shopUpload, storedVersion } from './shop.js'

describe('the analyst in worker threads', () => {
  let workers: Analyst
  const here = createInProcessAnalyst()
  const faults: string[] = []
  beforeAll(() => {
    workers = createWorkerAnalyst({ threads: 2, heapMb: 256, onFault: (fault) => faults.push(fault) })
  })
  afterAll(async () => {
    await workers.close()
    expect(faults).toEqual([])
  })

  it('becomes ready', async () => {
    await expect.poll(() => workers.health(), { timeout: 50_000 }).toEqual({ ready: true, waiting: 0 })
  })

  it('gives the answers that this thread gives', async () => {
    const version = await storedVersion(shopUpload(undefined, ['rating']))
    const questions = ['cart', 'rating', 'nothing'].map(callTo)
    const question = { from: callTo('cart').from, endpoints: true }
    const identity = { cluster: 'west', namespace: 'shop', serviceAccount: 'default' }
    const ask = (analyst: Analyst) =>
      Promise.all([
        analyst.ask('reachability', { questions, at: 0 }, version),
        analyst.ask('visibility', { question }, version),
        analyst.ask('hidden', { question }, version),
        analyst.ask('trust', { question: { client: identity, server: identity }, at: 0 }, version),
        analyst.ask('report', { at: 0 }, version),
        analyst.ask('deployment', {}, version),
        allStretches(analyst, version),
        analyst.ask('inventory', {}, version),
        analyst.ask('services', { page: { first: 1, after: undefined } }, version),
        analyst.ask('workloads', { page: { first: 1, after: undefined } }, version),
      ])
    expect(await ask(workers)).toEqual(JSON.parse(JSON.stringify(await ask(here))))
    const loaded = version.loads.flat()
    const times = (digest: string): number => loaded.filter((each) => each === digest).length
    // Here, where questions are answered, and where reports are made: once for the snapshot; and once by each report, which looks at what was written.
    for (const { digest } of version.parts) expect(times(digest)).toBe(5)
    // Where it was written is read once by each of them that names it, however many ask at once.
    const parts = new Set(version.parts.map(({ digest }) => digest))
    for (const digest of new Set(loaded)) if (!parts.has(digest)) expect([2, 3]).toContain(times(digest))
  })

  it('takes documents in as this thread does', async () => {
    const [there, expected] = await Promise.all([
      workers.ask('prepare', { upload: shopUpload() }),
      here.ask('prepare', { upload: shopUpload() }),
    ])
    expect(there).toEqual(JSON.parse(JSON.stringify(expected), revived))
    const version = await storedVersion(shopUpload())
    const entry = () => ({ body: new TextEncoder().encode('{"resources": []}'), mediaType: 'application/json' as const })
    const [replaced, same] = await Promise.all([
      workers.ask('prepareCluster', { cluster: 'east', upload: entry() }, version),
      here.ask('prepareCluster', { cluster: 'east', upload: entry() }, version),
    ])
    expect(replaced).toMatchObject({ value: { contentHash: 'value' in same ? same.value.contentHash : '' } })
    const [yaml, sameYaml] = await Promise.all([
      workers.ask('yaml', { cluster: 'west' }, version),
      here.ask('yaml', { cluster: 'west' }, version),
    ])
    expect(textIn(yaml)).toBe(textIn(sameYaml))
  })

  it('takes over bytes of any origin, small shared buffers included', async () => {
    const { body } = shopUpload()
    const shared = Buffer.concat([Buffer.from('xx'), body]).subarray(2)
    await expect(workers.ask('prepare', { upload: { body: shared, mediaType: 'application/json' } })).resolves.toHaveProperty('value')
    const fault = await workers.ask('validate', { upload: { body: Buffer.from('{'), mediaType: 'application/json' }, at: 0 })
    expect(fault).toMatchObject({ problem: { code: 'DOCUMENT_INVALID' } })
  })

  it('ends a report that is not wanted any more, and goes on with the next', async () => {
    const signal = createWorkSignal()
    cancelWork(signal)
    await expect(workers.ask('validate', { upload: shopUpload(), at: 0, signal })).resolves.toMatchObject({
      problem: { code: 'CANCELLED' },
    })
    await expect(workers.ask('report', { at: 0, signal }, await storedVersion(shopUpload()))).resolves.toMatchObject({
      problem: { code: 'CANCELLED' },
    })
    const wanted = createWorkSignal()
    await expect(workers.ask('validate', { upload: shopUpload(), at: 0, signal: wanted })).resolves.toHaveProperty('value')
    expect(progressOf(wanted).total).toBeGreaterThan(0)
  })

  it('says that a document is too large for its memory, and goes on with the next', async () => {
    const small = createWorkerAnalyst({ threads: 1, heapMb: 48 })
    const names = Array.from({ length: 60_000 }, (_, index) => `service-${index}`)
    await expect(small.ask('prepare', { upload: shopUpload(['cart', 'web'], names) })).resolves.toMatchObject({
      problem: { code: 'TOO_COMPLEX' },
    })
    await expect.poll(() => small.ask('prepare', { upload: shopUpload() }), { timeout: 10_000 }).toHaveProperty('value')
    await small.close()
  })

  it("hands on the store's own failure", async () => {
    const version = await storedVersion(shopUpload(['cart', 'web', 'unread']))
    const away = { ...version, load: () => Promise.reject(new Error('disk')) }
    await expect(workers.ask('reachability', { questions: [callTo('cart')], at: 0 }, away)).resolves.toMatchObject({
      problem: { code: 'INTERNAL' },
    })
    await expect(workers.ask('reachability', { questions: [callTo('cart')], at: 0 }, version)).resolves.toMatchObject({
      value: { length: 1 },
    })
  })
})

/** However many stretches a slow machine makes of it. */
async function allStretches(analyst: Analyst, version: VersionContent): Promise<string> {
  const texts: string[] = []
  for (let position: number | null = 0; position !== null; ) {
    const answer: AnswerTo<'proxyConfig'> = await analyst.ask('proxyConfig', { question: {}, position }, version)
    if ('problem' in answer) throw new Error(answer.problem.message)
    texts.push(textIn({ value: answer.value.text }))
    position = answer.value.next
  }
  return texts.join('')
}

/** Bytes that went through JSON. */
const revived = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
    ? new Uint8Array(value.data as number[])
    : value

const textIn = (answer: { readonly value: Uint8Array } | object): string =>
  'value' in answer ? new TextDecoder().decode(answer.value as Uint8Array) : JSON.stringify(answer)
