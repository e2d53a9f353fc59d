import { describe, expect, it } from 'vitest'
import { gatherParts } from '#analyst/gather-parts'
import { giveWanted } from '#analyst/give-wanted'
import type { Request, ToWorker } from '#analyst/messages'
import { createOutbox } from '#analyst/outbox'
import { pack, unpack, writePlaces } from '#analyst/pack'
import { createPartCache } from '#analyst/part-cache'
import { createPendingRequests } from '#analyst/pending-requests'
import { createWanted } from '#analyst/wanted'
import { sourceOf, type LoadContents } from '#analyst/version-source'
import { finish, settled } from '#analyst/turn-taking/work'
import { roomOf } from '#engine/model/answer-too-large'
import { AppError, type ErrorCode } from '#engine/model/app-error'
import { shopUpload, storedVersion } from './shop.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const texts = (bodies: ReadonlyMap<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...bodies].map(([digest, body]) => [digest, new TextDecoder().decode(body)]))

describe('contents of a version', () => {
  it('come back from the store as they were', async () => {
    const bodies = new Map([
      ['one', bytes('a'.repeat(1000))],
      ['two', bytes('')],
    ])
    const packed = await finish(pack(bodies))
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
  const loading =
    (load: (digests: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>): LoadContents =>
    (digests) =>
      settled(load(digests))

  it('are read once for each digest, and read again when they were let go', async () => {
    const version = await storedVersion(shopUpload())
    const { load } = sourceOf(version)
    const cache = createPartCache()
    const held = await finish(gatherParts(cache, version.parts, load))
    expect([...held.keys()].sort()).toEqual(version.parts.map(({ digest }) => digest).sort())
    for (const resources of held.values()) cache.keep(resources)
    const [ref] = version.parts
    const part = held.get(ref?.digest ?? '')
    expect(cache.size()).toBe([...held.values()].reduce((sum, { size }) => sum + size, 0))
    expect((await finish(gatherParts(cache, version.parts, load))).get(ref?.digest ?? '')).toBe(part)
    expect(version.loads).toHaveLength(1)
    cache.keepOnly(ref === undefined ? [] : [ref])
    expect([cache.find(ref?.digest ?? ''), cache.size()]).toEqual([part, part?.size])
    cache.keepOnly([])
    expect([cache.find(ref?.digest ?? ''), cache.size()]).toEqual([undefined, 0])
    await finish(gatherParts(cache, version.parts, load))
    expect(version.loads).toHaveLength(2)
  })

  it('are held by who gathers them, whatever is let go of meanwhile', async () => {
    const version = await storedVersion(shopUpload())
    const cache = createPartCache()
    const whole = await finish(gatherParts(cache, version.parts, sourceOf(version).load))
    const [kept, other] = version.parts
    for (const resources of whole.values()) if (resources.digest === kept?.digest) cache.keep(resources)
    const letGo = loading(async (digests) => {
      cache.keepOnly([])
      return finish(sourceOf(version).load(digests))
    })
    const held = await finish(gatherParts(cache, version.parts, letGo))
    expect(held.get(kept?.digest ?? '')).toBe(whole.get(kept?.digest ?? ''))
    expect(held.has(other?.digest ?? '')).toBe(true)
  })

  it('that the store does not have are an error, and no endless question', async () => {
    const version = await storedVersion(shopUpload())
    const nothing = loading(async () => new Map())
    await expect(finish(gatherParts(createPartCache(), version.parts, nothing))).rejects.toThrow('of a version is missing')
  })
})

describe('requests that wait for the worker', () => {
  const of = (kind: 'deployment' | 'prepare', client = 'one'): Omit<Request, 'id'> => ({
    ask: (kind === 'prepare' ? { kind, upload: { body: bytes('{}'), mediaType: 'application/json' } } : { kind }) as Request['ask'],
    versions: [],
    room: roomOf(1),
    client,
    topology: '',
  })
  const problem = { code: 'OVERLOADED' as const, message: 'it is gone', details: {} }

  it('are answered once, by their number, and counted by client while they wait', async () => {
    const pending = createPendingRequests()
    const [first, second] = [pending.add<string>(of('prepare'), []), pending.add<string>(of('deployment', 'two'), [])]
    expect([first.request.id, second.request.id, pending.of('one'), pending.of('two')]).toEqual([1, 2, 1, 1])
    pending.settle(1, { value: 'first' })
    pending.settle(1, { value: 'second' })
    pending.settle(9, { value: 'nobody’s' })
    expect([await first.answer, pending.of('one'), [...pending.byId.keys()]]).toEqual([{ value: 'first' }, 0, [2]])
  })

  it('are all told when the worker is lost', async () => {
    const pending = createPendingRequests()
    const waiting = [pending.add(of('prepare'), []), pending.add(of('deployment'), [])]
    pending.settleAll({ problem })
    expect(await Promise.all(waiting.map(({ answer }) => answer))).toEqual([{ problem }, { problem }])
    expect([pending.byId.size(), pending.of('one')]).toEqual([0, 0])
  })

  it('are asked of another worker when one ended, once, and what they brought with them is not', async () => {
    const pending = createPendingRequests()
    const [document, question] = [pending.add(of('prepare'), []), pending.add(of('deployment'), [])]
    expect(pending.interrupt({ problem }).map(({ id }) => id)).toEqual([2])
    expect(await document.answer).toEqual({ problem })
    expect(pending.interrupt({ problem })).toEqual([])
    expect(await question.answer).toEqual({ problem })
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
    const [described, loaded] = [finish(first.describe()), finish(second.load(['d']))]
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
    const loading = finish(wanted.sourceOf(1, 0, 'k' as never).load(['d']))
    wanted.settle({ type: 'LOADED', id: 2, position: 0, bodies: new Map() })
    wanted.settle({ type: 'UNAVAILABLE', id: 1, position: 0, problem: { code: 'OVERLOADED', message: 'the store is away', details: {} } })
    await expect(loading).rejects.toMatchObject({ code: 'OVERLOADED', message: 'the store is away' })
  })

  it('is unpacked, and leaves to the store what is its own', async () => {
    const version = await storedVersion(shopUpload())
    const digest = version.parts[0]?.digest ?? ''
    const own = (await version.load([digest])).get(digest)
    const { message, moved } = await giveWanted({ id: 1, position: 0 }, version, [digest])
    const given = message.type === 'LOADED' ? message.bodies.get(digest) : undefined
    expect(texts(new Map([['', given ?? bytes('')]]))).toEqual(texts(unpack(new Map([['', own ?? bytes('')]]))))
    expect([given?.buffer === own?.buffer, moved[0] === given?.buffer, (own?.byteLength ?? 0) > 0]).toEqual([false, true, true])
    const large = 'x'.repeat(3_000_000)
    const [packed] = await finish(pack(new Map([['large', bytes(large)]])))
    const far = { ...version, load: async () => new Map([['large', packed?.body ?? bytes('')]]) }
    const sent = await giveWanted({ id: 1, position: 0 }, far, ['large'])
    expect(sent.message.type === 'LOADED' && texts(sent.message.bodies)).toEqual({ large })
    expect(sent.moved).toHaveLength(1)
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
