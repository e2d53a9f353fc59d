import { by } from './by.js'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { lockDirectory } from '#store/embedded/directory-lock'
import { openStore } from '#store/open-store'
import { type Child, startChild } from './child.js'
import { newVersion } from './new-version.js'

const scratch = mkdtempSync(join(tmpdir(), 'lock-test-'))
let made = 0
const fresh = (): string => join(scratch, `${++made}`)
const children: Child[] = []

const holder = async (directory: string): Promise<Child> => {
  const child = await startChild('./lock-holder.ts', directory)
  children.push(child)
  return child
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.signal('SIGKILL')
    await child.ended()
  }
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the lock of a data directory', () => {
  it('is refused to a second process, which is told who has it, within two seconds', async () => {
    const directory = fresh()
    const first = await holder(directory)
    expect(await first.line()).toBe('HELD')
    const begun = Date.now()
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      code: 'STORE_HELD',
      message: expect.stringContaining(`process ${first.pid}`),
    })
    expect(Date.now() - begun).toBeLessThan(5_000)
    expect(await (await holder(directory)).line()).toMatch(/^REFUSED STORE_HELD/)
  })

  it('is taken over from a killed process, every time', async () => {
    const directory = fresh()
    for (let round = 0; round < 5; round++) {
      const child = await holder(directory)
      expect(await child.line()).toBe('HELD')
      child.signal('SIGKILL')
      await child.ended()
    }
    const lock = await lockDirectory(directory)
    expect(readdirSync(directory)).toHaveLength(1)
    await lock.release()
    expect(readdirSync(directory)).toEqual([])
  })

  it('is not taken from a process that lives but is too busy to answer', async () => {
    const directory = fresh()
    const child = await holder(directory)
    expect(await child.line()).toBe('HELD')
    child.signal('SIGSTOP')
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'STORE_HELD' })
  })

  it('goes to exactly one of several that start together, also over a dead one’s remains', async () => {
    const directory = fresh()
    const dead = await holder(directory)
    await dead.line()
    dead.signal('SIGKILL')
    await dead.ended()
    const said = await Promise.all(Array.from({ length: 6 }, async () => (await holder(directory)).line()))
    expect(said.filter((line) => line === 'HELD')).toHaveLength(1)
    expect(said.filter((line) => line?.startsWith('REFUSED STORE_HELD'))).toHaveLength(5)
  })

  it('goes to exactly one of many in one process, 50 times', async () => {
    const directory = fresh()
    for (let round = 0; round < 50; round++) {
      const tried = await Promise.allSettled(Array.from({ length: 4 }, () => lockDirectory(directory)))
      const won = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect(won).toHaveLength(1)
      await won[0]?.release()
    }
  })

  it('holds where the directory for temporary files has a path too long for a socket as well', async () => {
    const { TMPDIR } = process.env
    const long = mkdtempSync(join(scratch, 't'.repeat(100)))
    process.env['TMPDIR'] = long
    try {
      const lock = await lockDirectory(join(long, 'data'))
      await expect(lockDirectory(join(long, 'data'))).rejects.toMatchObject({ code: 'STORE_HELD' })
      await lock.release()
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = TMPDIR
    }
  })

  it('holds under a path too long for a socket', async () => {
    const directory = join(fresh(), 'a'.repeat(120), 'lock')
    const lock = await lockDirectory(directory)
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'STORE_HELD' })
    await lock.release()
    await (await lockDirectory(directory)).release()
  })
})

describe('an embedded store', () => {
  it('keeps its directory from other users, and from a second store, until it is closed', async () => {
    const [dataDir, copy] = [fresh(), fresh()]
    const store = await openStore({ dataDir })
    await store.append(newVersion('shop', 'a'), by)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'STORE_HELD' })
    await expect(openStore({ dataDir: `${dataDir}/../${basename(dataDir)}` })).rejects.toMatchObject({ code: 'STORE_HELD' })
    cpSync(dataDir, copy, { recursive: true, filter: (path) => !path.endsWith('.socket') })
    await store.close()

    for (const place of [dataDir, copy]) {
      const again = await openStore({ dataDir: place })
      expect((await again.findTopology('shop'))?.head).toBe(1)
      await again.close()
    }
  }, 120_000)
})
