import { by } from '../store/by.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendVersion } from '#operations/versions/append-version'
import type { Dependencies } from '#operations/dependencies'
import { replaceCluster } from '#operations/versions/replace-cluster'
import { type OpenDependencies, openDependencies } from './open-dependencies.js'
import { eastAlone, twoClusters, yaml } from './two-clusters.js'

describe("replacing one cluster's entry", () => {
  let dependencies: OpenDependencies
  beforeAll(async () => {
    dependencies = await openDependencies()
  })
  afterAll(() => dependencies?.close())

  it('appends what the whole document with that entry would have been', async () => {
    await appendVersion(dependencies, { topology: 'parts', upload: twoClusters() })
    const replaced = await replaceCluster(dependencies, { topology: 'parts', cluster: 'east', upload: eastAlone(['cart']) })
    const whole = await appendVersion(dependencies, { topology: 'whole', upload: twoClusters({ east: ['cart'] }) })
    expect(replaced).toMatchObject({ number: 2, unchanged: false, contentHash: whole.contentHash })
  })

  it("writes only that cluster's part", async () => {
    await appendVersion(dependencies, { topology: 'small', upload: twoClusters({ east: ['one'] }) })
    const written: string[][] = []
    const { store } = dependencies
    const watched: Dependencies = {
      ...dependencies,
      store: {
        ...store,
        append: (version) => {
          written.push(version.contents.map(({ digest }) => digest))
          return store.append(version, by)
        },
      },
    }
    await replaceCluster(watched, { topology: 'small', cluster: 'east', upload: eastAlone(['two']) })
    const head = await store.findVersion('small', 'latest')
    const east = head?.parts.find(({ cluster }) => cluster === 'east')
    // Its places may be some that are stored already: they say no more than lines.
    expect(written[0]).toContain(east?.digest)
    expect(written[0]?.filter((digest) => ![east?.digest, east?.placesDigest, head?.placesDigest].includes(digest))).toEqual([])
  })

  it('creates a topology of one cluster where there is none', async () => {
    const first = await replaceCluster(dependencies, { topology: 'alone', cluster: 'east', upload: eastAlone([]) })
    expect(first).toMatchObject({ number: 1, unchanged: false })
    await expect(replaceCluster(dependencies, { topology: 'alone', cluster: 'east', upload: eastAlone([]) })).resolves.toMatchObject({
      number: 1,
      unchanged: true,
    })
  })

  it('is tried again on the new head, so that agents of several clusters all get in', async () => {
    const clusters = ['north', 'south', 'east', 'west']
    await Promise.all(
      clusters.map((cluster) => replaceCluster(dependencies, { topology: 'agents', cluster, upload: yaml('resources: []') })),
    )
    const head = await dependencies.store.findVersion('agents', 'latest')
    expect(head?.number).toBe(4)
    expect(head?.parts.map(({ cluster }) => cluster)).toEqual(clusters.toSorted())
  })

  it('is not tried again when the writer set a precondition', async () => {
    await replaceCluster(dependencies, { topology: 'pinned', cluster: 'east', upload: eastAlone([]), expectedVersion: 0 })
    await expect(
      replaceCluster(dependencies, { topology: 'pinned', cluster: 'east', upload: eastAlone(['x']), expectedVersion: 0 }),
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', details: { currentVersion: 1 } })
  })

  it('is one request with one idempotency key, even when another cluster changed in between', async () => {
    const request = { topology: 'keyed', cluster: 'east', idempotencyKey: 'east-1' }
    const first = await replaceCluster(dependencies, { ...request, upload: eastAlone(['a']) })
    await replaceCluster(dependencies, { topology: 'keyed', cluster: 'west', upload: yaml('resources: []') })
    await expect(replaceCluster(dependencies, { ...request, upload: eastAlone(['a']) })).resolves.toMatchObject({ number: first.number })
    await expect(replaceCluster(dependencies, { ...request, upload: eastAlone(['b']) })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  it('refuses an entry that says it is another cluster', async () => {
    await expect(replaceCluster(dependencies, { topology: 'other', cluster: 'west', upload: eastAlone([]) })).rejects.toMatchObject({
      code: 'DOCUMENT_INVALID',
    })
  })
})
