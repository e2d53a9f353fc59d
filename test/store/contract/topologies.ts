// A name outlives what it named.
import { by } from '../by.js'
import { describe, expect, it } from 'vitest'
import { newVersion } from '../new-version.js'
import { numberOf, type Subject } from './subject.js'

export function topologiesContract({ store, fresh }: Subject): void {
  describe('topologies', () => {
    it('are created once, and keep what a change does not mention', async () => {
      const name = fresh()
      const created = await store().putTopology(name, { description: 'the shop' }, by)
      expect(created).toMatchObject({ created: true, topology: { name, description: 'the shop', compatibility: 'NONE', head: 0 } })
      const changed = await store().putTopology(name, { compatibility: 'FULL' }, by)
      expect(changed).toMatchObject({ created: false, topology: { description: 'the shop', compatibility: 'FULL' } })
      expect((await store().putTopology(name, { description: null }, by)).topology).toMatchObject({
        description: null,
        compatibility: 'FULL',
      })
      expect(await store().findTopology(name)).toMatchObject({ description: null, compatibility: 'FULL' })
    })

    it('disappear with their versions and tags, and continue their numbers when created again', async () => {
      const name = fresh()
      for (const text of ['a', 'b']) await store().append(newVersion(name, text), by)
      await store().putTag(name, 'production', 2, by)
      const { contentHash } = newVersion(name, 'b')
      const refs = ['latest', '1', '2', 'production', contentHash]
      for (const ref of refs) expect(await store().findVersion(name, ref), ref).toBeDefined()

      expect(await store().deleteTopology(name, by)).toBe(true)
      expect(await store().deleteTopology(name, by)).toBe(false)
      expect(await store().findTopology(name)).toBeUndefined()
      for (const ref of refs) expect(await store().findVersion(name, ref), ref).toBeUndefined()
      expect((await store().listVersions(name, { first: 10, after: undefined })).items).toEqual([])

      expect((await store().putTopology(name, {}, by)).topology.head).toBe(0)
      expect(await store().append(newVersion(name, 'b', { expectedVersion: 0 }), by)).toMatchObject({
        result: 'CREATED',
        version: { number: 3 },
      })
      for (const ref of ['1', '2', 'production']) expect(await store().findVersion(name, ref), ref).toBeUndefined()
      expect((await store().findVersion(name, contentHash))?.number).toBe(3)
      expect((await store().findTopology(name))?.head).toBe(3)
    })

    it('forget the idempotency keys of a deleted one', async () => {
      const name = fresh()
      const first = newVersion(name, 'a', { idempotency: { key: 'k', fingerprint: 'one' } })
      await store().append(first, by)
      await store().deleteTopology(name, by)
      expect(await store().append(first, by)).toMatchObject({ result: 'CREATED', version: { number: 2 } })
    })

    it('take contents with them only when no other topology has them', async () => {
      const [one, two] = [fresh(), fresh()]
      const own = newVersion(one, `only in ${one}`)
      const shared = newVersion(one, `in ${one} and ${two}`)
      for (const version of [own, shared, { ...shared, topology: two }]) await store().append(version, by)
      const digests = [...own.contents, ...shared.contents].map(({ digest }) => digest)
      expect((await store().knownContents(digests)).size).toBe(4)
      await store().deleteTopology(one, by)
      expect(await store().knownContents(digests)).toEqual(new Set(shared.contents.map(({ digest }) => digest)))
    })

    it('can be deleted while others append to them', async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a'), by)
      const work = Array.from({ length: 12 }, (_, index) =>
        index % 4 === 3 ? store().deleteTopology(name, by) : store().append(newVersion(name, `d${index}`), by),
      )
      await expect(Promise.all(work)).resolves.toHaveLength(12)
      const last = await store().append(newVersion(name, 'last'), by)
      expect(numberOf(last)).toBe(11) // 1 before, 9 meanwhile, and this one: a deletion gives no number back
    })
  })

  describe('pages', () => {
    it('of size one list every topology once, in the order of the names', async () => {
      const names = ['page-a', 'page-b', 'page-b-c', 'page-b0', 'page-c'].sort()
      for (const name of names) await store().putTopology(name, {}, by)
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await store().listTopologies({ first: 1, after }, ['*'])
        seen.push(...page.items.map(({ name }) => name))
        after = page.nextCursor ?? undefined
      } while (after !== undefined)
      expect(seen.filter((name) => name.startsWith('page-'))).toEqual(names)
      expect(new Set(seen).size).toBe(seen.length)
    })

    it.each([1, 2, 3, 4, 100])('of size %i list every version once, newest first', async (first) => {
      const name = fresh()
      for (const text of ['a', 'b', 'c', 'd']) await store().append(newVersion(name, text), by)
      const seen: number[] = []
      let after: string | undefined
      do {
        const page = await store().listVersions(name, { first, after })
        seen.push(...page.items.map(({ number }) => number))
        after = page.nextCursor ?? undefined
      } while (after !== undefined)
      expect(seen).toEqual([4, 3, 2, 1])
    })

    it("refuse a cursor that is another list's or nobody's", async () => {
      const name = fresh()
      for (const text of ['a', 'b']) await store().append(newVersion(name, text), by)
      const { nextCursor } = await store().listVersions(name, { first: 1, after: undefined })
      const refusal = { code: 'CURSOR_INVALID' }
      await expect(store().listTopologies({ first: 1, after: nextCursor ?? '' }, ['*'])).rejects.toMatchObject(refusal)
      for (const after of ['', 'x', '!!', 'dmVyc2lvbnM6eA']) {
        await expect(store().listVersions(name, { first: 1, after }), after).rejects.toMatchObject(refusal)
      }
    })
  })
}
