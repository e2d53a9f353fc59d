// What every store must do, whatever database is under it. Numbers in the expectations follow from the order of the calls.

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Appended, Store } from '#store/store'
import { contentOf, newVersion } from './new-version.js'

const numberOf = (appended: Appended): number | undefined => ('version' in appended ? appended.version.number : undefined)

export function storeContract(kind: Store['kind'], open: () => Promise<Store>): void {
  let store: Store
  let named = 0
  const fresh = (): string => `topology-${++named}`

  beforeAll(async () => {
    store = await open()
  }, 120_000)
  afterAll(() => store.close())

  it('says which kind of database it is on, and that it answers', async () => {
    expect(store.kind).toBe(kind)
    await expect(store.ping()).resolves.toBeUndefined()
  })

  describe('appending', () => {
    it('numbers versions 1, 2, 3 … and creates the topology with the first', async () => {
      const name = fresh()
      expect(await store.findTopology(name)).toBeUndefined()
      const appended = []
      for (const text of ['a', 'b', 'c']) appended.push(await store.append(newVersion(name, text, { author: 'ann', message: text })))
      expect(appended.map(({ result }) => result)).toEqual(['CREATED', 'CREATED', 'CREATED'])
      expect(appended.map(numberOf)).toEqual([1, 2, 3])
      expect(await store.findTopology(name)).toMatchObject({ name, head: 3, description: null, compatibility: 'NONE' })
      expect(await store.findVersion(name, '2')).toMatchObject({ number: 2, author: 'ann', message: 'b', header: '{"text":"b"}', tags: [] })
    })

    it("leaves the head alone when the content is the head's own, but not when it is an older version's", async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a'))
      expect(await store.append(newVersion(name, 'a'))).toMatchObject({ result: 'UNCHANGED', unchanged: true, version: { number: 1 } })
      await store.append(newVersion(name, 'b'))
      expect(await store.append(newVersion(name, 'a'))).toMatchObject({ result: 'CREATED', unchanged: false, version: { number: 3 } })
    })

    it('refuses a stale expectation with the true head, and stores nothing of it', async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a'))
      const late = newVersion(name, `never stored in ${name}`, { expectedVersion: 0 })
      expect(await store.append(late)).toEqual({ result: 'CONFLICT', head: 1 })
      expect(await store.append({ ...late, expectedVersion: 2 })).toEqual({ result: 'CONFLICT', head: 1 })
      expect(await store.knownContents(late.contents.map(({ digest }) => digest))).toEqual(new Set())
      expect(numberOf(await store.append({ ...late, expectedVersion: 1 }))).toBe(2)
    })

    it('refuses the own content as well when the expectation is stale', async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a'))
      expect(await store.append(newVersion(name, 'a', { expectedVersion: 7 }))).toEqual({ result: 'CONFLICT', head: 1 })
    })

    it('does not create a topology for a version that is refused', async () => {
      const name = fresh()
      expect(await store.append(newVersion(name, 'a', { expectedVersion: 4 }))).toEqual({ result: 'CONFLICT', head: 0 })
      expect(await store.findTopology(name)).toBeUndefined()
    })

    it('lets exactly one of two writers with the same expected head win, 200 times', async () => {
      const name = fresh()
      for (let head = 0; head < 200; head++) {
        const both = await Promise.all(['x', 'y'].map((who) => store.append(newVersion(name, `${who}${head}`, { expectedVersion: head }))))
        expect(both.map(({ result }) => result).sort()).toEqual(['CONFLICT', 'CREATED'])
        expect(both).toContainEqual({ result: 'CONFLICT', head: head + 1 })
      }
      expect((await store.findTopology(name))?.head).toBe(200)
    }, 120_000)

    it('numbers without gaps when many write at once without expectations', async () => {
      const name = fresh()
      const appended = await Promise.all(Array.from({ length: 24 }, (_, index) => store.append(newVersion(name, `w${index}`))))
      const numbers = appended.map(numberOf).sort((a, b) => Number(a) - Number(b))
      expect(numbers).toEqual(Array.from({ length: 24 }, (_, index) => index + 1))
    })

    it('lets writers of different topologies share their contents at the same time', async () => {
      const names = Array.from({ length: 8 }, fresh)
      const appended = await Promise.all(names.map((name) => store.append(newVersion(name, 'shared by eight'))))
      expect(appended.map(numberOf)).toEqual(names.map(() => 1))
    })

    it('keeps the parts in the order given', async () => {
      const name = fresh()
      const [objects, places] = [contentOf('o'), contentOf('p')]
      const parts = ['west', 'east', 'a'].map((cluster) => ({ cluster, digest: objects.digest, placesDigest: places.digest }))
      await store.append(newVersion(name, 'parts', { parts, contents: [objects, places] }))
      expect((await store.findVersion(name, '1'))?.parts).toEqual(parts)
    })

    it('accepts parts whose contents are stored already, and refuses those whose are not', async () => {
      const name = fresh()
      const first = newVersion(name, 'base')
      await store.append(first)
      expect(numberOf(await store.append(newVersion(name, 'again', { parts: first.parts, contents: [] })))).toBe(2)
      const dangling = newVersion(name, `missing in ${name}`)
      await expect(store.append({ ...dangling, contents: [] })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect((await store.findTopology(name))?.head).toBe(2)
    })
  })

  describe('idempotency', () => {
    const key = { key: 'k', fingerprint: 'one' }

    it('answers the same key with the first answer, also when the topology has moved on', async () => {
      const name = fresh()
      const first = newVersion(name, 'a', { idempotency: key, expectedVersion: 0 })
      expect(await store.append(first)).toMatchObject({ result: 'CREATED', version: { number: 1 } })
      await store.append(newVersion(name, 'b'))
      expect(await store.append(first)).toMatchObject({ result: 'REPLAYED', unchanged: false, version: { number: 1 } })
      expect((await store.findTopology(name))?.head).toBe(2)
    })

    it('remembers that the first answer was unchanged', async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a'))
      const again = newVersion(name, 'a', { idempotency: key })
      expect(await store.append(again)).toMatchObject({ result: 'UNCHANGED', unchanged: true })
      expect(await store.append(again)).toMatchObject({ result: 'REPLAYED', unchanged: true, version: { number: 1 } })
    })

    it('refuses the key for another request', async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a', { idempotency: key }))
      const other = newVersion(name, 'b', { idempotency: { key: 'k', fingerprint: 'two' } })
      expect(await store.append(other)).toEqual({ result: 'KEY_REUSED' })
    })

    it('does not remember a refusal', async () => {
      const name = fresh()
      const first = newVersion(name, 'a', { idempotency: key, expectedVersion: 1 })
      expect(await store.append(first)).toEqual({ result: 'CONFLICT', head: 0 })
      await store.append(newVersion(name, 'b'))
      expect(await store.append(first)).toMatchObject({ result: 'CREATED', version: { number: 2 } })
    })

    it('makes one version of twenty parallel requests with one key', async () => {
      const name = fresh()
      const request = newVersion(name, 'a', { idempotency: key })
      const appended = await Promise.all(Array.from({ length: 20 }, () => store.append(request)))
      expect(appended.filter(({ result }) => result === 'CREATED')).toHaveLength(1)
      expect(appended.filter(({ result }) => result === 'REPLAYED')).toHaveLength(19)
      expect(new Set(appended.map(numberOf))).toEqual(new Set([1]))
    })

    it('keeps the keys of topologies apart', async () => {
      const [one, two] = [fresh(), fresh()]
      await store.append(newVersion(one, 'a', { idempotency: key }))
      expect(await store.append(newVersion(two, 'b', { idempotency: key }))).toMatchObject({ result: 'CREATED' })
    })
  })

  describe('finding', () => {
    it('knows a version by number, as latest, by tag and by content hash (the newest of that content)', async () => {
      const name = fresh()
      for (const text of ['a', 'b', 'a']) await store.append(newVersion(name, text))
      await store.putTag(name, 'production', 2)
      const { contentHash } = newVersion(name, 'a')
      const found = await Promise.all(['1', 'latest', 'production', contentHash].map((ref) => store.findVersion(name, ref)))
      expect(found.map((version) => version?.number)).toEqual([1, 3, 2, 3])
    })

    it('finds nothing under names that are none', async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a'))
      const refs = ['0', '2', '01', '-1', '99999999999999999999', '1.0', 'staging', 'sha256:00', '', ' ', 'latest ', "'; --"]
      for (const ref of refs) expect(await store.findVersion(name, ref), ref).toBeUndefined()
      expect(await store.findVersion(fresh(), 'latest')).toBeUndefined()
    })

    it('sees its own append at once, whatever it was asked before', async () => {
      const name = fresh()
      for (let number = 1; number <= 20; number++) {
        const [before] = await Promise.all([store.findVersion(name, 'latest'), store.append(newVersion(name, `n${number}`))])
        expect([number - 1, number]).toContain(before?.number ?? 0)
        expect((await store.findVersion(name, 'latest'))?.number).toBe(number)
        expect((await store.findTopology(name))?.head).toBe(number)
      }
    })

    it('answers a thousand questions asked at once', async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a'))
      const asked = Array.from({ length: 1000 }, (_, index) => store.findVersion(name, `${(index % 2) + 1}`))
      const found = await Promise.all(asked)
      expect(found.filter((version) => version?.number === 1)).toHaveLength(500)
      expect(found.filter((version) => version === undefined)).toHaveLength(500)
    })
  })

  describe('tags', () => {
    it('point at one version, can be moved, and are listed with the version', async () => {
      const name = fresh()
      for (const text of ['a', 'b']) await store.append(newVersion(name, text))
      expect(await store.putTag(name, 'production', 1)).toMatchObject({ number: 1, tags: ['production'] })
      await store.putTag(name, 'canary', 1)
      expect((await store.findVersion(name, '1'))?.tags).toEqual(['canary', 'production'])
      expect(await store.putTag(name, 'production', 2)).toMatchObject({ number: 2, tags: ['production'] })
      expect((await store.findVersion(name, '1'))?.tags).toEqual(['canary'])
      expect((await store.findVersion(name, 'production'))?.number).toBe(2)
    })

    it('point at no version that does not exist', async () => {
      const name = fresh()
      expect(await store.putTag(name, 'production', 1)).toBeUndefined()
      await store.append(newVersion(name, 'a'))
      expect(await store.putTag(name, 'production', 2)).toBeUndefined()
      expect(await store.findVersion(name, 'production')).toBeUndefined()
    })
  })

  describe('topologies', () => {
    it('are created once, and keep what a change does not mention', async () => {
      const name = fresh()
      const created = await store.putTopology(name, { description: 'the shop' })
      expect(created).toMatchObject({ created: true, topology: { name, description: 'the shop', compatibility: 'NONE', head: 0 } })
      const changed = await store.putTopology(name, { compatibility: 'FULL' })
      expect(changed).toMatchObject({ created: false, topology: { description: 'the shop', compatibility: 'FULL' } })
      expect((await store.putTopology(name, { description: null })).topology).toMatchObject({ description: null, compatibility: 'FULL' })
      expect(await store.findTopology(name)).toMatchObject({ description: null, compatibility: 'FULL' })
    })

    it('disappear with their versions and tags, and continue their numbers when created again', async () => {
      const name = fresh()
      for (const text of ['a', 'b']) await store.append(newVersion(name, text))
      await store.putTag(name, 'production', 2)
      const { contentHash } = newVersion(name, 'b')
      const refs = ['latest', '1', '2', 'production', contentHash]
      for (const ref of refs) expect(await store.findVersion(name, ref), ref).toBeDefined()

      expect(await store.deleteTopology(name)).toBe(true)
      expect(await store.deleteTopology(name)).toBe(false)
      expect(await store.findTopology(name)).toBeUndefined()
      for (const ref of refs) expect(await store.findVersion(name, ref), ref).toBeUndefined()
      expect((await store.listVersions(name, { first: 10, after: undefined })).items).toEqual([])

      expect((await store.putTopology(name, {})).topology.head).toBe(0)
      expect(await store.append(newVersion(name, 'b', { expectedVersion: 0 }))).toMatchObject({ result: 'CREATED', version: { number: 3 } })
      for (const ref of ['1', '2', 'production']) expect(await store.findVersion(name, ref), ref).toBeUndefined()
      expect((await store.findVersion(name, contentHash))?.number).toBe(3)
      expect((await store.findTopology(name))?.head).toBe(3)
    })

    it('forget the idempotency keys of a deleted one', async () => {
      const name = fresh()
      const first = newVersion(name, 'a', { idempotency: { key: 'k', fingerprint: 'one' } })
      await store.append(first)
      await store.deleteTopology(name)
      expect(await store.append(first)).toMatchObject({ result: 'CREATED', version: { number: 2 } })
    })

    it('take contents with them only when no other topology has them', async () => {
      const [one, two] = [fresh(), fresh()]
      const own = newVersion(one, `only in ${one}`)
      const shared = newVersion(one, `in ${one} and ${two}`)
      for (const version of [own, shared, { ...shared, topology: two }]) await store.append(version)
      const digests = [...own.contents, ...shared.contents].map(({ digest }) => digest)
      expect((await store.knownContents(digests)).size).toBe(4)
      await store.deleteTopology(one)
      expect(await store.knownContents(digests)).toEqual(new Set(shared.contents.map(({ digest }) => digest)))
    })

    it('can be deleted while others append to them', async () => {
      const name = fresh()
      await store.append(newVersion(name, 'a'))
      const work = Array.from({ length: 12 }, (_, index) =>
        index % 4 === 3 ? store.deleteTopology(name) : store.append(newVersion(name, `d${index}`)),
      )
      await expect(Promise.all(work)).resolves.toHaveLength(12)
      const last = await store.append(newVersion(name, 'last'))
      expect(numberOf(last)).toBe(11) // 1 before, 9 meanwhile, and this one: a deletion gives no number back
    })
  })

  describe('pages', () => {
    it('of size one list every topology once, in the order of the names', async () => {
      const names = ['page-a', 'page-b', 'page-b-c', 'page-b0', 'page-c'].sort()
      for (const name of names) await store.putTopology(name, {})
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await store.listTopologies({ first: 1, after })
        seen.push(...page.items.map(({ name }) => name))
        after = page.nextCursor ?? undefined
      } while (after !== undefined)
      expect(seen.filter((name) => name.startsWith('page-'))).toEqual(names)
      expect(new Set(seen).size).toBe(seen.length)
    })

    it.each([1, 2, 3, 4, 100])('of size %i list every version once, newest first', async (first) => {
      const name = fresh()
      for (const text of ['a', 'b', 'c', 'd']) await store.append(newVersion(name, text))
      const seen: number[] = []
      let after: string | undefined
      do {
        const page = await store.listVersions(name, { first, after })
        seen.push(...page.items.map(({ number }) => number))
        after = page.nextCursor ?? undefined
      } while (after !== undefined)
      expect(seen).toEqual([4, 3, 2, 1])
    })

    it("refuse a cursor that is another list's or nobody's", async () => {
      const name = fresh()
      for (const text of ['a', 'b']) await store.append(newVersion(name, text))
      const { nextCursor } = await store.listVersions(name, { first: 1, after: undefined })
      const refusal = { code: 'CURSOR_INVALID' }
      await expect(store.listTopologies({ first: 1, after: nextCursor ?? '' })).rejects.toMatchObject(refusal)
      for (const after of ['', 'x', '!!', 'dmVyc2lvbnM6eA']) {
        await expect(store.listVersions(name, { first: 1, after }), after).rejects.toMatchObject(refusal)
      }
    })
  })

  describe('contents', () => {
    it('of ten megabytes come back byte for byte', async () => {
      const name = fresh()
      const large = contentOf(new Uint8Array(randomBytes(10 * 1024 * 1024 + 1)))
      const [small, empty] = [contentOf('small'), contentOf('')]
      const parts = [
        { cluster: 'west', digest: large.digest, placesDigest: empty.digest },
        { cluster: 'east', digest: small.digest, placesDigest: empty.digest },
      ]
      await store.append(newVersion(name, 'large', { parts, contents: [large, small, empty] }))
      const found = await store.readContents([empty.digest, large.digest, small.digest, 'sha256:none'])
      expect(new Set(found.keys())).toEqual(new Set([empty.digest, large.digest, small.digest]))
      for (const { digest, body } of [large, small, empty]) expect(Buffer.compare(found.get(digest) ?? Buffer.from('?'), body)).toBe(0)
    })

    it('are stored once, however many versions share them', async () => {
      const name = fresh()
      const first = newVersion(name, `first in ${name}`)
      expect(await store.knownContents(first.contents.map(({ digest }) => digest))).toEqual(new Set())
      await store.append(first)
      // The same digests with other bytes: what is there stays.
      const contents = first.contents.map((content) => ({ ...content, body: new Uint8Array([1]) }))
      await store.append(newVersion(name, 'second', { parts: first.parts, contents }))
      const [objects] = first.contents
      expect(Buffer.compare((await store.readContents([objects!.digest])).get(objects!.digest)!, objects!.body)).toBe(0)
    })

    it('hold any text: the header, the message and the author come back as they were given', async () => {
      const name = fresh()
      const text = 'ä 漢 🙂 \u2028 " \\ $1 %s'
      await store.append(newVersion(name, 'text', { header: JSON.stringify({ text }), message: text, author: text }))
      expect(await store.findVersion(name, 'latest')).toMatchObject({ header: JSON.stringify({ text }), message: text, author: text })
    })
  })
}
