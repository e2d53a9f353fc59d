// What a version is called by.
import { by } from '../by.js'
import { describe, expect, it } from 'vitest'
import { newVersion } from '../new-version.js'
import type { Subject } from './subject.js'

export function findingContract({ store, fresh }: Subject): void {
  describe('finding', () => {
    it('knows a version by number, as latest, by tag and by content hash (the newest of that content)', async () => {
      const name = fresh()
      for (const text of ['a', 'b', 'a']) await store().append(newVersion(name, text), by)
      await store().putTag(name, 'production', 2, by)
      const { contentHash } = newVersion(name, 'a')
      const found = await Promise.all(['1', 'latest', 'production', contentHash].map((ref) => store().findVersion(name, ref)))
      expect(found.map((version) => version?.number)).toEqual([1, 3, 2, 3])
    })

    it('finds nothing under names that are none', async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a'), by)
      const refs = ['0', '2', '01', '-1', '99999999999999999999', '1.0', 'staging', 'sha256:00', '', ' ', 'latest ', "'; --"]
      for (const ref of refs) expect(await store().findVersion(name, ref), ref).toBeUndefined()
      expect(await store().findVersion(fresh(), 'latest')).toBeUndefined()
    })

    it('sees its own append at once, whatever it was asked before', async () => {
      const name = fresh()
      for (let number = 1; number <= 20; number++) {
        const [before] = await Promise.all([store().findVersion(name, 'latest'), store().append(newVersion(name, `n${number}`), by)])
        expect([number - 1, number]).toContain(before?.number ?? 0)
        expect((await store().findVersion(name, 'latest'))?.number).toBe(number)
        expect((await store().findTopology(name))?.head).toBe(number)
      }
    })

    it('finds what is too large to be remembered, alone and among others', async () => {
      const name = fresh()
      const large = { ...newVersion(name, 'large'), header: JSON.stringify({ assertions: ['x'.repeat(3 * 1024 * 1024)] }) }
      await store().append(large, by)
      for (const text of ['b', 'c']) await store().append({ ...newVersion(name, text), header: large.header.replaceAll('x', text) }, by)
      expect((await store().findVersion(name, '1'))?.header).toBe(large.header)
      const found = await Promise.all(['1', '2', 'latest'].map((ref) => store().findVersion(name, ref)))
      expect(found.map((version) => version?.number)).toEqual([1, 2, 3])
    })

    it('answers a thousand questions asked at once', async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a'), by)
      const asked = Array.from({ length: 1000 }, (_, index) => store().findVersion(name, `${(index % 2) + 1}`))
      const found = await Promise.all(asked)
      expect(found.filter((version) => version?.number === 1)).toHaveLength(500)
      expect(found.filter((version) => version === undefined)).toHaveLength(500)
    })
  })

  describe('tags', () => {
    it('point at one version, can be moved, and are listed with the version', async () => {
      const name = fresh()
      for (const text of ['a', 'b']) await store().append(newVersion(name, text), by)
      expect(await store().putTag(name, 'production', 1, by)).toMatchObject({ number: 1, tags: ['production'] })
      await store().putTag(name, 'canary', 1, by)
      expect((await store().findVersion(name, '1'))?.tags).toEqual(['canary', 'production'])
      expect(await store().putTag(name, 'production', 2, by)).toMatchObject({ number: 2, tags: ['production'] })
      expect((await store().findVersion(name, '1'))?.tags).toEqual(['canary'])
      expect((await store().findVersion(name, 'production'))?.number).toBe(2)
    })

    it('point at no version that does not exist', async () => {
      const name = fresh()
      expect(await store().putTag(name, 'production', 1, by)).toBeUndefined()
      await store().append(newVersion(name, 'a'), by)
      expect(await store().putTag(name, 'production', 2, by)).toBeUndefined()
      expect(await store().findVersion(name, 'production')).toBeUndefined()
    })
  })
}
