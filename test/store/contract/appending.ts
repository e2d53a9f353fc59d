// Numbers in the expectations follow from the order of the calls.
import { by } from '../by.js'
import { describe, expect, it } from 'vitest'
import { contentOf, newVersion } from '../new-version.js'
import { numberOf, type Subject } from './subject.js'

export function appendingContract({ store, fresh }: Subject): void {
  describe('appending', () => {
    it('numbers versions 1, 2, 3 … and creates the topology with the first', async () => {
      const name = fresh()
      expect(await store().findTopology(name)).toBeUndefined()
      const appended = []
      for (const text of ['a', 'b', 'c']) appended.push(await store().append(newVersion(name, text, { author: 'ann', message: text }), by))
      expect(appended.map(({ result }) => result)).toEqual(['CREATED', 'CREATED', 'CREATED'])
      expect(appended.map(numberOf)).toEqual([1, 2, 3])
      expect(await store().findTopology(name)).toMatchObject({ name, head: 3, description: null, compatibility: 'NONE' })
      expect(await store().findVersion(name, '2')).toMatchObject({
        number: 2,
        author: 'ann',
        message: 'b',
        header: '{"text":"b"}',
        tags: [],
      })
    })

    it("leaves the head alone when the content is the head's own, but not when it is an older version's", async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a'), by)
      expect(await store().append(newVersion(name, 'a'), by)).toMatchObject({
        result: 'UNCHANGED',
        unchanged: true,
        version: { number: 1 },
      })
      await store().append(newVersion(name, 'b'), by)
      expect(await store().append(newVersion(name, 'a'), by)).toMatchObject({ result: 'CREATED', unchanged: false, version: { number: 3 } })
    })

    it('refuses a stale expectation with the true head, and stores nothing of it', async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a'), by)
      const late = newVersion(name, `never stored in ${name}`, { expectedVersion: 0 })
      expect(await store().append(late, by)).toEqual({ result: 'CONFLICT', head: 1 })
      expect(await store().append({ ...late, expectedVersion: 2 }, by)).toEqual({ result: 'CONFLICT', head: 1 })
      expect(await store().knownContents(late.contents.map(({ digest }) => digest))).toEqual(new Set())
      expect(numberOf(await store().append({ ...late, expectedVersion: 1 }, by))).toBe(2)
    })

    it('stores nothing of a writer who may not change tenants, and would, whatever the head becomes meanwhile', async () => {
      const name = fresh()
      const stating = (tenants: string, text: string, more = {}) => ({
        ...newVersion(name, text, { keepsTenants: true, ...more }),
        header: `{"tenants":${tenants},"text":"${text}"}`,
        contentHash: `sha256:${text}${tenants.length}`,
      })
      const [ours, theirs] = ['[{"name":"shop"}]', '[{"name":"bank"}]']
      expect(await store().append(stating(ours, 'a'), by)).toEqual({ result: 'TENANTS_DIFFER' })
      expect(await store().findTopology(name)).toBeUndefined()
      expect(numberOf(await store().append(stating('[]', 'a'), by))).toBe(1)
      expect(numberOf(await store().append(stating(ours, 'b', { keepsTenants: false }), by))).toBe(2)
      const racing = [stating('[]', 'c'), stating(theirs, 'c'), newVersion(name, 'c', { keepsTenants: true })]
      for (const one of racing) expect(await store().append(one, by)).toEqual({ result: 'TENANTS_DIFFER' })
      expect(numberOf(await store().append(stating(ours, 'd'), by))).toBe(3)
      expect(await store().append(stating(theirs, 'e', { expectedVersion: 1 }), by)).toEqual({ result: 'CONFLICT', head: 3 })
    })

    it('refuses the own content as well when the expectation is stale', async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a'), by)
      expect(await store().append(newVersion(name, 'a', { expectedVersion: 7 }), by)).toEqual({ result: 'CONFLICT', head: 1 })
    })

    it('does not create a topology for a version that is refused', async () => {
      const name = fresh()
      expect(await store().append(newVersion(name, 'a', { expectedVersion: 4 }), by)).toEqual({ result: 'CONFLICT', head: 0 })
      expect(await store().findTopology(name)).toBeUndefined()
    })

    it('lets exactly one of two writers with the same expected head win, 200 times', async () => {
      const name = fresh()
      for (let head = 0; head < 200; head++) {
        const both = await Promise.all(
          ['x', 'y'].map((who) => store().append(newVersion(name, `${who}${head}`, { expectedVersion: head }), by)),
        )
        expect(both.map(({ result }) => result).sort()).toEqual(['CONFLICT', 'CREATED'])
        expect(both).toContainEqual({ result: 'CONFLICT', head: head + 1 })
      }
      expect((await store().findTopology(name))?.head).toBe(200)
    }, 120_000)

    it('numbers without gaps when many write at once without expectations', async () => {
      const name = fresh()
      const appended = await Promise.all(Array.from({ length: 24 }, (_, index) => store().append(newVersion(name, `w${index}`), by)))
      const numbers = appended.map(numberOf).sort((a, b) => Number(a) - Number(b))
      expect(numbers).toEqual(Array.from({ length: 24 }, (_, index) => index + 1))
    })

    it('lets writers of different topologies share their contents at the same time', async () => {
      const names = Array.from({ length: 8 }, fresh)
      const appended = await Promise.all(names.map((name) => store().append(newVersion(name, 'shared by eight'), by)))
      expect(appended.map(numberOf)).toEqual(names.map(() => 1))
    })

    it('keeps the parts in the order given', async () => {
      const name = fresh()
      const [objects, places] = [contentOf('o'), contentOf('p')]
      const parts = ['west', 'east', 'a'].map((cluster) => ({ cluster, digest: objects.digest, placesDigest: places.digest }))
      await store().append(newVersion(name, 'parts', { parts, contents: [objects, places] }), by)
      expect((await store().findVersion(name, '1'))?.parts).toEqual(parts)
    })

    it('accepts parts whose contents are stored already, and refuses those whose are not', async () => {
      const name = fresh()
      const first = newVersion(name, 'base')
      await store().append(first, by)
      expect(numberOf(await store().append(newVersion(name, 'again', { parts: first.parts, contents: [] }), by))).toBe(2)
      const dangling = newVersion(name, `missing in ${name}`)
      await expect(store().append({ ...dangling, contents: [] }, by)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect((await store().findTopology(name))?.head).toBe(2)
    })
  })
}
