import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDataDirectory } from '#store/embedded/open-data-directory'
import { openStore } from '#store/open-store'
import { startChild } from './child.js'

const scratch = mkdtempSync(join(tmpdir(), 'data-'))
afterAll(() => {
  spawnSync('umount', [join(scratch, 'read-only')])
  rmSync(scratch, { recursive: true, force: true })
})
const isRoot = process.getuid?.() === 0
const nobody = 65_534
let number = 0
/** A directory that another user may enter. */
function fresh(mode = 0o755): string {
  const directory = join(scratch, `each-${number++}`)
  mkdirSync(directory)
  chmodSync(scratch, 0o755)
  chmodSync(directory, mode)
  return directory
}

/** What another user is told who opens the directory; that user may not even read these sources, so that they are loaded before. */
async function askedByAnother(dataDir: string): Promise<string> {
  const child = await startChild('other-user.ts', String(nobody), dataDir)
  const line = await child.line()
  await child.ended()
  return line ?? ''
}

describe('a data directory', () => {
  it('is made, and what is in it closed to others, though it may stand in one that is not', async () => {
    const above = fresh(0o777)
    writeFileSync(join(above, 'of-somebody-else'), '')
    for (const path of [above, join(above, 'deep/er')]) {
      const made = await openDataDirectory(path)
      expect([made.postgres, made.lock].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o700])
    }
    expect(statSync(above).mode & 0o777, 'nobody’s directory is closed but ours').toBe(0o777)
    expect(statSync(join(above, 'deep/er')).mode & 0o777).toBe(0o700)
  })

  it.each([
    ['a file', () => join(scratch, 'file'), 'there is a file in its place'],
    ['below a file', () => join(scratch, 'file/below'), 'there is a file in its place'],
    ['where nothing can be made', () => '/proc/self/fd/data', 'it cannot be made there'],
  ])('that is %s is refused by a sentence', async (_what, path, reason) => {
    writeFileSync(join(scratch, 'file'), '')
    await expect(openStore({ dataDir: path() })).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: `the data directory \`${path()}\` cannot be used: ${reason}; set \`DATA_DIR\` to a directory that this user may write, or \`DATABASE_URL\``,
    })
  })

  it.runIf(isRoot)(
    'of another user is refused by a sentence, and nothing in it is touched',
    async () => {
      const foreign = fresh()
      expect(await askedByAnother(foreign)).toContain(`\`${foreign}\` cannot be used: this user may not write there`)
      expect(readdirSync(foreign)).toEqual([])
      mkdirSync(join(foreign, 'postgres'))
      chmodSync(join(foreign, 'postgres'), 0o755)
      expect(await askedByAnother(foreign)).toContain(`\`${foreign}\` cannot be used: it belongs to another user`)
      const shared = fresh(0o777)
      expect(await askedByAnother(shared), 'a volume that others own').toBe('OPENED')
    },
    60_000,
  )

  it.runIf(isRoot && spawnSync('mount', ['--version']).status === 0)('on a read-only file system is refused by a sentence', async () => {
    const place = join(scratch, 'read-only')
    mkdirSync(place)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', place]).status !== 0) return
    await expect(openDataDirectory(place)).rejects.toMatchObject({ message: expect.stringContaining('its file system is read-only') })
    await expect(openDataDirectory(join(place, 'a'))).rejects.toMatchObject({
      message: expect.stringContaining('its file system is read-only'),
    })
  })

  it('with files that are no database is refused by a sentence', async () => {
    const broken = fresh()
    const postgres = join(broken, 'postgres')
    mkdirSync(postgres)
    writeFileSync(join(postgres, 'PG_VERSION'), 'none')
    if (isRoot) chownSync(postgres, 0, 0)
    await expect(openStore({ dataDir: broken })).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining(`the database in \`${postgres}\` cannot be opened`),
    })
  }, 60_000)
})
