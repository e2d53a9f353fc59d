import { describe, expect, it } from 'vitest'
import type { Upload } from '#analyst/analyst'
import { createSnapshotCache } from '#analyst/snapshot-cache'
import { sourceOf } from '#analyst/version-source'
import { finish } from '#analyst/turn-taking/work'
import { shopUpload, storedVersion } from './shop.js'

const plenty = 1_000_000

const allSelecting = (count: number, name: string): Upload => {
  const metadata = (at: number, labels?: object) => ({ name: `${name}-${at}`, namespace: 'shop', labels })
  const resources = Array.from({ length: count }, (_, at) => [
    { apiVersion: 'v1', kind: 'Pod', metadata: metadata(at, { all: 'x' }), spec: { containers: [] } },
    { apiVersion: 'v1', kind: 'Service', metadata: metadata(at), spec: { selector: { all: 'x' }, ports: [{ port: 80 }] } },
  ])
  const document = { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources: resources.flat() }] }
  return { body: new TextEncoder().encode(JSON.stringify(document)), mediaType: 'application/json' }
}

describe('the snapshot cache', () => {
  it('reads a version once, however often and however many at once ask for it', async () => {
    const cache = createSnapshotCache(plenty)
    const version = await storedVersion(shopUpload())
    const [first, second] = await Promise.all([finish(cache.open(sourceOf(version))), finish(cache.open(sourceOf(version)))])
    expect(second).toBe(first)
    expect(cache.find(version.contentHash)).toBe(first)
    expect(version.loads).toHaveLength(1)
  })

  it('goes on for the others where the first who asks goes away in the middle', async () => {
    const cache = createSnapshotCache(plenty)
    const version = await storedVersion(shopUpload())
    const first = cache.open(sourceOf(version))
    // Far enough to want something of the store; then nobody waits for it any more.
    expect([first.next().value, typeof first.next().value]).toEqual(['LOADING', 'function'])
    const second = finish(cache.open(sourceOf(version)))
    await Promise.resolve()
    first.return(undefined as never)
    await expect(second).resolves.toMatchObject({ contentHash: version.contentHash })
  })

  it('reads two versions at a time, and the third when one of them is there or was given up', async () => {
    const cache = createSnapshotCache(plenty)
    const versions = await Promise.all(['one', 'two', 'three'].map((name) => storedVersion(shopUpload(['cart', 'web', name]))))
    const [one, two, three] = versions.map((version) => cache.open(sourceOf(version)))
    for (const work of [one, two]) for (let step = 0; step < 2; step += 1) work?.next()
    three?.next()
    const waiting = three?.next().value
    let goesOn = false
    if (typeof waiting === 'function') waiting(() => (goesOn = true))
    expect(goesOn).toBe(false)
    two?.return(undefined as never)
    expect(goesOn).toBe(true)
  })

  it("reads only the part that is new of a version that shares the other clusters' parts", async () => {
    const cache = createSnapshotCache(plenty)
    const before = await storedVersion(shopUpload())
    const after = await storedVersion(shopUpload(undefined, ['rating']))
    await finish(cache.open(sourceOf(before)))
    await finish(cache.open(sourceOf(after)))
    const west = after.parts.find(({ cluster }) => cluster === 'west')
    const east = after.parts.find(({ cluster }) => cluster === 'east')
    expect(after.loads.flat()).toContain(east?.digest)
    expect(after.loads.flat()).not.toContain(west?.digest)
  })

  it('lets the least recently used go when the parts do not fit, and never the newest', async () => {
    const cache = createSnapshotCache(1)
    const [one, two] = [await storedVersion(shopUpload()), await storedVersion(shopUpload(['cart', 'web', 'third']))]
    await finish(cache.open(sourceOf(one)))
    await finish(cache.open(sourceOf(two)))
    expect(cache.find(one.contentHash)).toBeUndefined()
    expect(cache.find(two.contentHash)).toBeDefined()
  })

  it('lets go of what was asked for longest ago where no more than a share may stay, and never of the last', async () => {
    const cache = createSnapshotCache(plenty)
    const versions = await Promise.all(
      ['one', 'two', 'three', 'four'].map((name) => storedVersion(shopUpload(['cart', 'web', name], [name]))),
    )
    for (const version of versions) await finish(cache.open(sourceOf(version)))
    const isKept = (): readonly boolean[] => versions.map(({ contentHash }) => cache.find(contentHash) !== undefined)
    cache.keepAtMost(1)
    expect(isKept()).toEqual([true, true, true, true])
    cache.keepAtMost(0.6)
    expect(isKept()).toEqual([false, false, true, true])
    cache.keepAtMost(0)
    expect(isKept()).toEqual([false, false, false, true])
  })

  it('counts what each snapshot takes beside the parts that it shares with others', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `service-${index}`)
    const versions: Awaited<ReturnType<typeof storedVersion>>[] = []
    for (let index = 0; index < 30; index += 1) versions.push(await storedVersion(shopUpload(names, [`rating-${index}`])))
    const shared = (await finish(createSnapshotCache(1).open(sourceOf(versions[0]!)))).clusters.get('west')?.resources.size ?? 0
    // Two megabytes would hold all thirty, were the shared part all that they take.
    const limit = 2_000_000
    expect(shared).toBeGreaterThan(70_000)
    expect(shared + 30 * 1000).toBeLessThan(limit / 10)
    const cache = createSnapshotCache(limit)
    for (const version of versions) await finish(cache.open(sourceOf(version)))
    const kept = versions.filter(({ contentHash }) => cache.find(contentHash) !== undefined).length
    expect(kept).toBeGreaterThan(4)
    expect(kept).toBeLessThan(12)
    expect(cache.find(versions.at(-1)?.contentHash ?? '')).toBeDefined()
  })

  it('counts the endpoints that selectors make, which are as the product of what is written', async () => {
    // 300 Services that each select 300 pods make 90,000, of some hundred bytes.
    const versions = await Promise.all(['one', 'two', 'three'].map((name) => storedVersion(allSelecting(300, name))))
    const limit = 25_000_000
    const cache = createSnapshotCache(limit)
    for (const version of versions) await finish(cache.open(sourceOf(version)))
    expect(versions.map(({ contentHash }) => cache.find(contentHash) !== undefined)).toEqual([false, false, true])
  })

  it('keeps no failure: what could not be read is read again', async () => {
    const cache = createSnapshotCache(plenty)
    const version = await storedVersion(shopUpload())
    const broken = { ...version, load: () => Promise.reject(new Error('the store is away')) }
    await expect(finish(cache.open(sourceOf(broken)))).rejects.toThrow('the store is away')
    await expect(finish(cache.open(sourceOf(version)))).resolves.toMatchObject({ contentHash: version.contentHash })
  })

  it('keeps one snapshot of versions that differ only in where their objects were written', async () => {
    const cache = createSnapshotCache(plenty)
    const compact = await storedVersion(shopUpload())
    const spread = shopUpload()
    const text = JSON.stringify(JSON.parse(new TextDecoder().decode(spread.body)), null, 2)
    const written = await storedVersion({ ...spread, body: new TextEncoder().encode(text) })
    expect(written.contentHash).toBe(compact.contentHash)
    expect(sourceOf(written).places).not.toEqual(sourceOf(compact).places)
    expect(await finish(cache.open(sourceOf(written)))).toBe(await finish(cache.open(sourceOf(compact))))
    expect([compact.loads.flat(), written.loads.flat()]).toEqual([[], written.parts.map(({ digest }) => digest)])
  })
})
