import { describe, expect, it } from 'vitest'
import { by } from '../by.js'
import { contentOf, newVersion } from '../new-version.js'
import { numberOf, type Subject } from './subject.js'

export function pruningContract({ store, fresh }: Subject): void {
  const all = { keep: 0, before: undefined, dryRun: false }
  const fill = async (name: string, texts: readonly string[]): Promise<void> => {
    for (const text of texts) await store().append(newVersion(name, `${text} in ${name}`), by)
  }
  const numbers = async (name: string): Promise<readonly number[]> =>
    (await store().listVersions(name, { first: 100, after: undefined })).items.map(({ number }) => number)

  describe('pruning', () => {
    it('never takes the newest version, nor one that a tag points at', async () => {
      const name = fresh()
      await fill(name, ['a', 'b', 'c', 'd'])
      await store().putTag(name, 'production', 2, by)
      expect(await store().prune(name, all, by)).toEqual([1, 3])
      expect(await numbers(name)).toEqual([4, 2])
      expect((await store().findVersion(name, 'production'))?.number).toBe(2)
      expect(await store().prune(name, all, by)).toEqual([])
    })

    it('keeps as many of the newest as it is told, and what is not old enough', async () => {
      const name = fresh()
      await fill(name, ['a', 'b', 'c', 'd', 'e'])
      expect(await store().prune(name, { ...all, keep: 3 }, by)).toEqual([1, 2])
      expect(await store().prune(name, { ...all, before: new Date(Date.now() - 3_600_000) }, by)).toEqual([])
      expect(await store().prune(name, { ...all, before: new Date(Date.now() + 3_600_000) }, by)).toEqual([3, 4])
    })

    it('only says what it would take in a dry run', async () => {
      const name = fresh()
      await fill(name, ['a', 'b'])
      expect(await store().prune(name, { ...all, dryRun: true }, by)).toEqual([1])
      expect(await numbers(name)).toEqual([2, 1])
    })

    it('leaves nothing to be found of a version but that there was one', async () => {
      const name = fresh()
      await fill(name, ['a', 'b'])
      const { contentHash } = (await store().findVersion(name, '1')) ?? {}
      await store().prune(name, all, by)
      expect(await store().findVersion(name, '1')).toBeUndefined()
      expect(await store().findVersion(name, contentHash ?? '')).toBeUndefined()
      const called = ['1', contentHash ?? '', '2', '3', 'latest', 'production', 'sha256:none', '99999999999']
      expect(await Promise.all(called.map((ref) => store().isPruned(name, ref)))).toEqual([true, true, ...Array(6).fill(false)])
    })

    it('gives no number out again, and lets the content come back as a new version', async () => {
      const name = fresh()
      await fill(name, ['a', 'b'])
      await store().prune(name, all, by)
      expect(numberOf(await store().append(newVersion(name, `a in ${name}`), by))).toBe(3)
      expect((await store().findVersion(name, '3'))?.header).toBe(`{"text":"a in ${name}"}`)
    })

    it('lets go of contents that no other version has, and of no other', async () => {
      const [name, other] = [fresh(), fresh()]
      const shared = newVersion(name, `shared by ${name}`)
      const own = newVersion(name, `own of ${name}`)
      await store().append(shared, by)
      await store().append(own, by)
      await fill(name, ['last'])
      await store().append({ ...shared, topology: other }, by)
      await store().prune(name, all, by)
      const digests = [...shared.contents, ...own.contents].map(({ digest }) => digest)
      expect(await store().knownContents(digests)).toEqual(new Set(shared.contents.map(({ digest }) => digest)))
    })

    it('forgets the idempotency keys of what it takes', async () => {
      const name = fresh()
      const keyed = newVersion(name, `keyed in ${name}`, { idempotency: { key: 'k', fingerprint: 'f' } })
      await store().append(keyed, by)
      await fill(name, ['b'])
      await store().prune(name, all, by)
      expect(await store().append(keyed, by)).toMatchObject({ result: 'CREATED', version: { number: 3 } })
    })

    it('is of one topology, and of none that was deleted', async () => {
      const [name, other] = [fresh(), fresh()]
      for (const each of [name, other]) await fill(each, ['a', 'b'])
      await store().prune(name, all, by)
      expect(await numbers(other)).toEqual([2, 1])
      await store().deleteTopology(name, by)
      expect([await store().isPruned(name, '1'), await store().prune(name, all, by), await store().prune(fresh(), all, by)]).toEqual([
        false,
        [],
        [],
      ])
      await fill(name, ['c'])
      expect(await store().isPruned(name, '1')).toBe(false)
      expect((await store().readContents([contentOf(`objects of a in ${name}`).digest])).size).toBe(0)
    })

    it('goes on through more versions than one transaction takes', async () => {
      const name = fresh()
      for (let n = 1; n <= 450; n++) await store().append(newVersion(name, `${n} in ${name}`), by)
      expect((await store().prune(name, { ...all, keep: 10 }, by)).length).toBe(440)
      expect((await numbers(name)).length).toBe(10)
    }, 120_000)
  })
}
