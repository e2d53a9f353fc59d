// Where a version was written is no part of what it says: whoever brings the same content from other files tells it anew.
import { by } from '../by.js'
import { describe, expect, it } from 'vitest'
import type { NewVersion } from '#store/store'
import { contentOf, newVersion } from '../new-version.js'
import { numberOf, type Subject } from './subject.js'

/** The same two clusters, written in the files of this name. */
function writtenIn(topology: string, files: string, more: Partial<NewVersion> = {}): NewVersion {
  const objects = contentOf('objects')
  const [header, west, east] = ['header', 'west', 'east'].map((which) => contentOf(`${which} in ${files} of ${topology}`))
  if (header === undefined || west === undefined || east === undefined) throw new Error('three were made')
  const parts = [
    { cluster: 'west', digest: objects.digest, placesDigest: west.digest },
    { cluster: 'east', digest: objects.digest, placesDigest: east.digest },
  ]
  return newVersion(topology, 'two clusters', { placesDigest: header.digest, parts, contents: [objects, header, west, east], ...more })
}

const placesIn = ({ placesDigest, parts }: Pick<NewVersion, 'placesDigest' | 'parts'>): readonly (string | null)[] => [
  placesDigest,
  ...parts.map((part) => part.placesDigest),
]

export function placesContract({ store, fresh }: Subject): void {
  const found = async (topology: string, ref = 'latest'): Promise<readonly (string | null)[]> => {
    const version = await store().findVersion(topology, ref)
    return version === undefined ? [] : placesIn(version)
  }
  const stored = async (version: NewVersion): Promise<number> => (await store().knownContents(placesIn(version).map(String))).size

  describe('places', () => {
    it('come back with the version, those of the header as well', async () => {
      const name = fresh()
      const given = writtenIn(name, 'git')
      await store().append(given, by)
      expect(await found(name)).toEqual(placesIn(given))
    })

    it('of an equal append are the head’s from then on, which stays what it is otherwise', async () => {
      const name = fresh()
      const [first, second] = [writtenIn(name, 'git', { message: 'first' }), writtenIn(name, 'laptop', { message: 'second' })]
      await store().append(first, by)
      const before = await store().findVersion(name, '1')
      const again = await store().append(second, by)
      expect(again).toMatchObject({ result: 'UNCHANGED', unchanged: true, version: { number: 1, message: 'first' } })
      expect('version' in again && placesIn(again.version)).toEqual(placesIn(second))
      for (const ref of ['1', 'latest', first.contentHash]) expect(await found(name, ref), ref).toEqual(placesIn(second))
      expect((await store().findVersion(name, '1'))?.createdAt).toEqual(before?.createdAt)
      expect((await store().findTopology(name))?.head).toBe(1)
    })

    it('of one cluster alone may be new', async () => {
      const name = fresh()
      const given = writtenIn(name, 'git')
      await store().append(given, by)
      const moved = contentOf(`moved in ${name}`)
      const [west, east] = given.parts
      const parts = [west!, { ...east!, placesDigest: moved.digest }]
      await store().append({ ...given, parts, contents: [moved] }, by)
      expect(await found(name)).toEqual([given.placesDigest, west!.placesDigest, moved.digest])
    })

    it('are not kept once nothing refers to them, and kept as long as another version does', async () => {
      const [name, other] = [fresh(), fresh()]
      const first = writtenIn(name, 'git')
      await store().append(first, by)
      await store().append(writtenIn(name, 'laptop'), by)
      expect(await stored(first)).toBe(0)
      const shared = writtenIn(name, 'shared')
      await store().append(shared, by)
      await store().append({ ...shared, topology: other }, by)
      await store().append(writtenIn(name, 'laptop'), by)
      expect(await stored(shared)).toBe(3)
      expect(await found(other)).toEqual(placesIn(shared))
      await store().deleteTopology(other, by)
      expect(await stored(shared)).toBe(0)
    })

    it('of an older version stay as they are when its content comes again as a new one', async () => {
      const name = fresh()
      const [first, third] = [writtenIn(name, 'git'), writtenIn(name, 'laptop')]
      await store().append(first, by)
      await store().append(newVersion(name, `between in ${name}`), by)
      expect(numberOf(await store().append(third, by))).toBe(3)
      expect(await found(name, '1')).toEqual(placesIn(first))
      expect(await found(name, '3')).toEqual(placesIn(third))
    })

    it('of an append that is refused, or answered from its key, change nothing', async () => {
      const name = fresh()
      const first = writtenIn(name, 'git', { idempotency: { key: 'k', fingerprint: 'f' } })
      await store().append(first, by)
      expect(await store().append(writtenIn(name, 'late', { expectedVersion: 7 }), by)).toEqual({ result: 'CONFLICT', head: 1 })
      const repeated = writtenIn(name, 'again', { idempotency: { key: 'k', fingerprint: 'f' } })
      expect(await store().append(repeated, by)).toMatchObject({ result: 'REPLAYED' })
      expect(await found(name)).toEqual(placesIn(first))
    })

    it('of an unchanged append with a key are taken as well, and the key remembers its answer', async () => {
      const name = fresh()
      await store().append(writtenIn(name, 'git'), by)
      const keyed = writtenIn(name, 'laptop', { idempotency: { key: 'k2', fingerprint: 'f' } })
      expect(await store().append(keyed, by)).toMatchObject({ result: 'UNCHANGED' })
      expect(await found(name)).toEqual(placesIn(keyed))
      expect(await store().append(keyed, by)).toMatchObject({ result: 'REPLAYED', unchanged: true })
    })

    it('told at once by many are in the end those of one of them', async () => {
      const name = fresh()
      await store().append(writtenIn(name, 'git'), by)
      const all = Array.from({ length: 8 }, (_, index) => writtenIn(name, `w${index}`))
      const appended = await Promise.all(all.map((version) => store().append(version, by)))
      expect(appended.map(numberOf)).toEqual(all.map(() => 1))
      const last = await found(name)
      expect(all.map((version) => placesIn(version))).toContainEqual(last)
      expect((await store().readContents(last.map(String))).size).toBe(3)
    })

    it('that nobody knows of the header are told later', async () => {
      const name = fresh()
      const given = writtenIn(name, 'git')
      await store().append({ ...given, placesDigest: null }, by)
      expect((await found(name))[0]).toBeNull()
      await store().append(given, by)
      expect(await found(name)).toEqual(placesIn(given))
    })
  })
}
