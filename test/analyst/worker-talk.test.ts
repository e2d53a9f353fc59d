import { describe, expect, it } from 'vitest'
import { gatherParts } from '#analyst/gather-parts'
import { giveWanted } from '#analyst/give-wanted'
import type { Request, ToWorker } from '#analyst/messages'
import { createOutbox } from '#analyst/outbox'
import { pack, unpack, writePlaces } from '#analyst/pack'
import { createPartCache } from '#analyst/part-cache'
import { createPendingRequests } from '#analyst/pending-requests'
import { createWanted } from '#analyst/wanted'
import { AppError, type ErrorCode } from '#engine/model/app-error'
import { shopUpload, storedVersion } from './shop.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const texts = (bodies: ReadonlyMap<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...bodies].map(([digest, body]) => [digest, new TextDecoder().decode(body)]))

describe('contents of a version', () => {
  it('come back from the store as they were', () => {
    const bodies = new Map([
      ['one', bytes('a'.repeat(1000))],
      ['two', bytes('')],
    ])
    const packed = pack(bodies)
    expect(packed.map(({ digest, size }) => [digest, size])).toEqual([
      ['one', 1000],
      ['two', 0],
    ])
    expect(texts(unpack(new Map(packed.map(({ digest, body }) => [digest, body]))))).toEqual(texts(bodies))
  })

  it('name places by what they say: equal ones are kept once', () => {
    const [first, second] = [writePlaces({ files: ['a.yaml'], objects: [[0, 3]] }), writePlaces({ files: ['a.yaml'], objects: [[0, 3]] })]
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(second.digest).toBe(first.digest)
    expect(new TextDecoder().decode(first.text)).toBe('{"files":["a.yaml"],"objects":[[0,3]]}')
    expect(writePlaces({ files: ['b.yaml'], objects: [[0, 3]] }).digest).not.toBe(first.digest)
  })
})

describe('parts that are kept', () => {
  it('are read once for each digest, and read again when they were let go', async () => {
    const version = await storedVersion(shopUpload())
    const cache = createPartCache()
    const bodies = await gatherParts(cache, version.parts, version)
    const [ref] = version.parts
    if (ref === undefined) throw new Error('the version has no part')
    const first = cache.take(ref, bodies)
    expect(cache.take({ ...ref, cluster: 'north' }, new Map())).toMatchObject({ cluster: 'north', resources: first.resources })
    expect(cache.size()).toBe(bodies.get(ref.digest)?.byteLength)
    expect(cache.missing([ref])).toEqual([])
    cache.keepOnly([ref])
    expect(cache.missing([ref])).toEqual([])
    cache.keepOnly([])
    expect([cache.missing([ref, ref]), cache.size()]).toEqual([[ref.digest], 0])
    expect(() => cache.take(ref, new Map())).toThrow(`the content ${ref.digest} of a version is missing`)
  })

  it('are asked for until nothing is missing, those that were let go of meanwhile included', async () => {
    const rounds: (readonly string[])[] = [['a'], ['a', 'b'], []]
    const asked: string[][] = []
    const load = async (digests: readonly string[]) => {
      asked.push([...digests])
      return new Map(pack(new Map(digests.map((digest) => [digest, bytes(digest)]))).map(({ digest, body }) => [digest, body]))
    }
    const found = await gatherParts({ ...createPartCache(), missing: () => rounds.shift() ?? [] }, [], { load })
    expect(asked).toEqual([['a'], ['b']])
    expect(texts(found)).toEqual({ a: 'a', b: 'b' })
  })

  it('that the store does not have are an error, and no endless question', async () => {
    const version = await storedVersion(shopUpload())
    await expect(gatherParts(createPartCache(), version.parts, { load: async () => new Map() })).rejects.toThrow('of a version is missing')
  })
})

describe('requests that wait for the worker', () => {
  it('are answered once, by their number, and uploads are counted while they wait', async () => {
    const pending = createPendingRequests()
    const [upload, report] = [pending.add<string>('prepare', []), pending.add<string>('report', [])]
    expect([upload.id, report.id, pending.uploads()]).toEqual([1, 2, 1])
    pending.settle(1, { value: 'first' })
    pending.settle(1, { value: 'second' })
    pending.settle(9, { value: 'nobody’s' })
    expect([await upload.answer, pending.uploads(), [...pending.byId.keys()]]).toEqual([{ value: 'first' }, 0, [2]])
  })

  it('are all told when the worker is lost', async () => {
    const pending = createPendingRequests()
    const waiting = [pending.add('prepare', []), pending.add('report', [])]
    const problem = { code: 'OVERLOADED' as const, message: 'it is gone', details: {} }
    pending.settleAll({ problem })
    expect(await Promise.all(waiting.map(({ answer }) => answer))).toEqual([{ problem }, { problem }])
    expect([pending.byId.size, pending.uploads()]).toEqual([0, 0])
  })

  it('of one turn travel as one message, and bytes that somebody else may hold are copied', async () => {
    const sent: ToWorker[] = []
    const send = createOutbox((message) => sent.push(message))
    const shared = bytes('xxdocumentxx').subarray(2, 10)
    const ask = { kind: 'prepare', upload: { body: shared, mediaType: 'application/yaml' } } as Request['ask']
    send({ id: 1, ask } as Request)
    send({ id: 2, ask } as Request)
    expect(sent).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    send({ id: 3, ask } as Request)
    await new Promise((resolve) => setImmediate(resolve))
    const ids = sent.map((message) => (message.type === 'REQUESTS' ? message.requests.map(({ id }) => id) : []))
    expect(ids).toEqual([[1, 2], [3]])
    const [first] = sent[0]?.type === 'REQUESTS' ? sent[0].requests : []
    const body = first !== undefined && 'upload' in first.ask ? first.ask.upload.body : undefined
    expect(new TextDecoder().decode(body)).toBe('document')
    expect([body?.buffer === shared.buffer, body?.buffer.byteLength]).toEqual([false, 8])
  })
})

describe('what the worker wants of a version', () => {
  it('is given to who asked for it, by request and version', async () => {
    const asked: unknown[] = []
    const wanted = createWanted((...which) => asked.push(which))
    const [first, second] = [wanted.sourceOf(1, 0, 'k1' as never), wanted.sourceOf(1, 1, 'k2' as never)]
    const [described, loaded] = [first.describe(), second.load(['d'])]
    expect(asked).toEqual([
      [1, 0, undefined],
      [1, 1, ['d']],
    ])
    wanted.settle({ type: 'LOADED', id: 1, position: 1, bodies: new Map([['d', bytes('body')]]) })
    wanted.settle({ type: 'DESCRIBED', id: 1, position: 0, description: 'told' as never })
    expect([await described, texts(await loaded)]).toEqual(['told', { d: 'body' }])
  })

  it('fails as the store failed, and what comes unasked changes nothing', async () => {
    const wanted = createWanted(() => undefined)
    const loading = wanted.sourceOf(1, 0, 'k' as never).load(['d'])
    wanted.settle({ type: 'LOADED', id: 2, position: 0, bodies: new Map() })
    wanted.settle({ type: 'UNAVAILABLE', id: 1, position: 0, problem: { code: 'OVERLOADED', message: 'the store is away', details: {} } })
    await expect(loading).rejects.toMatchObject({ code: 'OVERLOADED', message: 'the store is away' })
  })

  it('is copied, so that the store may keep its own', async () => {
    const version = await storedVersion(shopUpload())
    const digest = version.parts[0]?.digest ?? ''
    const own = (await version.load([digest])).get(digest)
    const { message, moved } = await giveWanted({ id: 1, position: 0 }, version, [digest])
    const given = message.type === 'LOADED' ? message.bodies.get(digest) : undefined
    expect(given).toEqual(new Uint8Array(own ?? []))
    expect([given?.buffer === own?.buffer, moved[0] === given?.buffer]).toEqual([false, true])
    const description = await giveWanted({ id: 1, position: 0 }, version, undefined)
    expect(description).toMatchObject({ message: { type: 'DESCRIBED', description: { contentHash: version.contentHash } }, moved: [] })
  })

  it.each<[string, Error, ErrorCode]>([
    ['the store’s own word', new AppError('NOT_FOUND' as ErrorCode, 'it is gone'), 'NOT_FOUND' as ErrorCode],
    ['no inner detail of another failure', new Error('password of the database'), 'INTERNAL'],
  ])('tells of a failure %s', async (_title, error, code) => {
    const version = { ...(await storedVersion(shopUpload())), load: () => Promise.reject(error) }
    const { message } = await giveWanted({ id: 1, position: 0 }, version, ['d'])
    expect(message).toMatchObject({ type: 'UNAVAILABLE', problem: { code } })
    expect(JSON.stringify(message)).not.toContain('password')
  })

  it('is refused where nobody waits any more', async () => {
    expect((await giveWanted({ id: 1, position: 0 }, undefined, ['d'])).message).toMatchObject({
      type: 'UNAVAILABLE',
      problem: { code: 'OVERLOADED' },
    })
  })
})
