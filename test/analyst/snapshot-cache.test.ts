import { describe, expect, it } from 'vitest'
import { createSnapshotCache } from '#analyst/snapshot-cache'
import { sourceOf } from '#analyst/version-source'
import { shopUpload, storedVersion } from './shop.js'

const plenty = 1_000_000

describe('the snapshot cache', () => {
  it('reads a version once, however often and however many at once ask for it', async () => {
    const cache = createSnapshotCache(plenty)
    const version = await storedVersion(shopUpload())
    const [first, second] = await Promise.all([cache.open(sourceOf(version)), cache.open(sourceOf(version))])
    expect(second).toBe(first)
    expect(cache.find(version.contentHash)).toBe(first)
    expect(version.loads).toHaveLength(1)
  })

  it("reads only the part that is new of a version that shares the other clusters' parts", async () => {
    const cache = createSnapshotCache(plenty)
    const before = await storedVersion(shopUpload())
    const after = await storedVersion(shopUpload(undefined, ['rating']))
    await cache.open(sourceOf(before))
    await cache.open(sourceOf(after))
    const west = after.parts.find(({ cluster }) => cluster === 'west')
    const east = after.parts.find(({ cluster }) => cluster === 'east')
    expect(after.loads.flat()).toContain(east?.digest)
    expect(after.loads.flat()).not.toContain(west?.digest)
  })

  it('lets the least recently used go when the parts do not fit, and never the newest', async () => {
    const cache = createSnapshotCache(1)
    const [one, two] = [await storedVersion(shopUpload()), await storedVersion(shopUpload(['cart', 'web', 'third']))]
    await cache.open(sourceOf(one))
    await cache.open(sourceOf(two))
    expect(cache.find(one.contentHash)).toBeUndefined()
    expect(cache.find(two.contentHash)).toBeDefined()
  })

  it('keeps no failure: what could not be read is read again', async () => {
    const cache = createSnapshotCache(plenty)
    const version = await storedVersion(shopUpload())
    const broken = { ...version, load: () => Promise.reject(new Error('the store is away')) }
    await expect(cache.open(sourceOf(broken))).rejects.toThrow('the store is away')
    await expect(cache.open(sourceOf(version))).resolves.toMatchObject({ contentHash: version.contentHash })
  })

  it('keeps one snapshot of versions that differ only in where their objects were written', async () => {
    const cache = createSnapshotCache(plenty)
    const compact = await storedVersion(shopUpload())
    const spread = shopUpload()
    const text = JSON.stringify(JSON.parse(new TextDecoder().decode(spread.body)), null, 2)
    const written = await storedVersion({ ...spread, body: new TextEncoder().encode(text) })
    expect(written.contentHash).toBe(compact.contentHash)
    expect(sourceOf(written).places).not.toEqual(sourceOf(compact).places)
    expect(await cache.open(sourceOf(written))).toBe(await cache.open(sourceOf(compact)))
    expect([compact.loads.flat(), written.loads.flat()]).toEqual([[], written.parts.map(({ digest }) => digest)])
  })
})
