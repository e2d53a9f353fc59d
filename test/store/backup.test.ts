import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#store/open-store'
import type { Store, Version } from '#store/store'
import { by } from './by.js'
import { newDataDir } from './new-data-dir.js'
import { contentOf, newVersion } from './new-version.js'
import { startPostgres } from './postgres-server.js'

const server = await startPostgres()
const scratch = mkdtempSync(join(tmpdir(), 'backup-'))
let made = 0

/** New stores of either kind, closed with the tests. */
const opened: Store[] = []
const kinds: Readonly<Record<Store['kind'], () => Promise<Store>>> = {
  EMBEDDED: async () => openStore({ dataDir: await newDataDir(join(scratch, `${++made}`)) }),
  SERVER: async () => openStore({ url: (await server?.database()) ?? '' }),
}
const fresh = async (kind: Store['kind']): Promise<Store> => {
  const store = await kinds[kind]()
  opened.push(store)
  return store
}

afterAll(async () => {
  for (const store of opened) await store.close()
  await server?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

const backupOf = (store: Store): Promise<Buffer> => buffer(store.backup() as AsyncIterable<Buffer>)
const restoreTo = (store: Store, backup: Buffer, replace = false) => store.restore(Readable.from([backup]), replace, by)

/** Everything that a reader of the store may see. */
async function seen(store: Store): Promise<unknown> {
  const topologies = (await store.listTopologies({ first: 1000, after: undefined }, ['*'])).items
  return Promise.all(topologies.map(async (topology) => ({ topology, versions: await versionsOf(store, topology.name) })))
}

async function versionsOf(store: Store, topology: string): Promise<readonly unknown[]> {
  const { items } = await store.listVersions(topology, { first: 10_000, after: undefined })
  return Promise.all(
    items.map(async ({ number }) => {
      const version = (await store.findVersion(topology, `${number}`)) as Version
      const digests = version.parts.flatMap(({ digest, placesDigest }) => [digest, placesDigest])
      const bodies = await store.readContents(digests)
      return { version, bodies: digests.map((digest) => bodies.get(digest)?.toString()) }
    }),
  )
}

/** A store in which everything that can be has happened. */
async function fill(store: Store): Promise<void> {
  await store.putTopology('shop', { description: 'the shop', compatibility: 'NO_LOST_REACH' }, by)
  for (const text of ['a', 'b', 'c', 'd']) await store.append(newVersion('shop', text, { message: `of ${text}`, author: 'ann' }), by)
  await store.putTag('shop', 'production', 2, by)
  await store.prune('shop', { keep: 1, before: undefined, dryRun: false }, by)
  await store.append(newVersion('gone', 'x'), by)
  await store.deleteTopology('gone', by)
  await store.append(newVersion('back', 'x'), by)
  await store.deleteTopology('back', by)
  await store.append(
    newVersion('back', 'y', {
      placesDigest: contentOf('header places').digest,
      contents: [...newVersion('back', 'y').contents, contentOf('header places')],
    }),
    by,
  )
  await store.putTopology('empty', { description: 'ä 漢 🙂 \u2028 " \\ line\nend' }, by)
}

const pairs = [
  ['EMBEDDED', 'EMBEDDED'],
  ['EMBEDDED', 'SERVER'],
  ['SERVER', 'EMBEDDED'],
  ['SERVER', 'SERVER'],
] as const

describe.each(server ? pairs : pairs.slice(0, 1))('a backup of a store on %s, put back on %s', (from, to) => {
  it('is what there was, numbers that are taken included', async () => {
    const [source, target] = [await fresh(from), await fresh(to)]
    await fill(source)
    const backup = await backupOf(source)
    expect(await restoreTo(target, backup)).toEqual({ topologies: 4, versions: 3, contents: 7 })
    expect(await seen(target)).toEqual(await seen(source))
    expect(await target.verify()).toEqual({ contents: 7, versions: 3, damaged: [] })
    // Numbers go on where they were: of a topology that was deleted, and of versions that were pruned.
    expect(await target.append(newVersion('gone', 'z'), by)).toMatchObject({ result: 'CREATED', version: { number: 2 } })
    expect([await target.isPruned('shop', '1'), await target.isPruned('shop', '2'), await target.isPruned('shop', '3')]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe.each(server ? (['EMBEDDED', 'SERVER'] as const) : (['EMBEDDED'] as const))('a backup of a store on %s', (kind) => {
  let store: Store
  let backup: Buffer
  beforeAll(async () => {
    store = await fresh(kind)
    await fill(store)
    backup = await backupOf(store)
  }, 120_000)

  it('does not take the place of anything unless that is asked for', async () => {
    const target = await fresh(kind)
    await target.append(newVersion('shop', 'other'), by)
    await target.putTag('shop', 'production', 1, by)
    // Found once, and so remembered.
    expect((await target.findVersion('shop', 'production'))?.header).toBe('{"text":"other"}')
    const before = await seen(target)
    await expect(restoreTo(target, backup)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' })
    expect(await seen(target)).toEqual(before)
    await restoreTo(target, backup, true)
    expect(await seen(target)).toEqual(await seen(store))
    expect((await target.findVersion('shop', 'production'))?.header).toBe('{"text":"b"}')
    expect(await target.verify()).toMatchObject({ damaged: [] })
  })

  it('that is cut off or changed anywhere is refused, and nothing is put back of it', async () => {
    const target = await fresh(kind)
    const good = await seen(store)
    const offsets = Array.from({ length: 40 }, (_, index) => Math.floor((index * backup.length) / 40) + (index % 7))
    let refused = 0
    for (const at of offsets) {
      const damaged = Buffer.from(backup)
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      const outcome = await restoreTo(target, damaged, true).then(
        () => 'restored',
        (error: { code?: string }) => error.code,
      )
      if (outcome === 'restored') expect(await seen(target)).toEqual(good)
      else {
        expect(outcome).toBe('BACKUP_INVALID')
        refused++
      }
    }
    // What pads blocks of the archive is not looked at.
    expect(refused).toBeGreaterThan(12)
    const other = await fresh(kind)
    for (const length of [0, 511, 512, 1024, backup.length / 2, backup.length - 2048]) {
      await expect(restoreTo(other, backup.subarray(0, length))).rejects.toMatchObject({ code: 'BACKUP_INVALID' })
    }
    expect(await seen(other)).toEqual([])
  })

  it('is of one moment, whoever writes and deletes meanwhile', async () => {
    const busy = await fresh(kind)
    let running = true
    const write = async (topology: string): Promise<void> => {
      for (let n = 1; running; n++) {
        await busy.append(newVersion(topology, `${topology} ${n} ${'x'.repeat(2000)}`), by)
        await pause(10)
      }
    }
    const remove = async (): Promise<void> => {
      for (let n = 1; running; n++) {
        for (const text of ['a', 'b', 'c']) await busy.append(newVersion(`short-${n}`, `short ${n} ${text}`), by)
        await busy.prune(`short-${n}`, { keep: 1, before: undefined, dryRun: false }, by)
        if (n % 2 === 0) await busy.deleteTopology(`short-${n}`, by)
        await pause(10)
      }
    }
    const writers = Promise.all([write('one'), write('two'), remove()])
    const target = await fresh(kind)
    try {
      for (let round = 0; round < 3; round++) {
        const taken = await backupOf(busy)
        const { versions } = await restoreTo(target, taken, true)
        expect(await target.verify()).toMatchObject({ versions, damaged: [] })
        for (const name of ['one', 'two']) {
          const { items } = await target.listVersions(name, { first: 100_000, after: undefined })
          const head = (await target.findTopology(name))?.head ?? 0
          expect(items.map(({ number }) => number)).toEqual(Array.from({ length: head }, (_, index) => head - index))
        }
      }
    } finally {
      running = false
      await writers
    }
  }, 180_000)
})
