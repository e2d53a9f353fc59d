import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findFreePort, startService } from '../house/service-process.js'
import { newDataDir } from '../store/new-data-dir.js'
import { writeShop } from './shop.js'

const program = 'dist/cli/main.js'
const folder = writeShop()
const scratch = mkdtempSync(join(tmpdir(), 'sightline-cli-'))
afterAll(() => {
  for (const path of [folder, scratch]) rmSync(path, { recursive: true })
})

const sightline = (
  words: readonly string[],
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
) => {
  const { DATABASE_URL: _, ...inherited } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...inherited, ...options.env },
  })
  return { status, stdout, stderr }
}
const traced = ['--from', 'west/shop/client', '--to', 'reviews:9080']

describe('the program', () => {
  it('says which version it is', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(sightline(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('starts by itself, as a package’s command does', () => {
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  it('ends with the code that the verdict stands for', () => {
    expect(sightline(['trace', folder, ...traced])).toMatchObject({ status: 0, stderr: '' })
    expect(sightline(['trace', folder, '--from', 'west/shop/client', '--to', 'empty', '--format', 'json'])).toMatchObject({
      status: 1,
      stderr: '',
    })
    expect(sightline(['trace', folder])).toMatchObject({ status: 2, stdout: '' })
    expect(sightline(['export', 'shop', '--server', 'http://127.0.0.1:9'])).toMatchObject({ status: 3, stdout: '' })
  })

  it('reads a document from standard input', () => {
    const input = readFileSync(join(folder, 'topology.yaml'), 'utf8')
    const { status, stdout } = sightline(['trace', '-', ...traced], { input })
    expect(status).toBe(0)
    expect(stdout).toContain('Service shop/reviews (line 16)')
    expect(sightline(['validate', '-'], { input: '' }).status).toBe(2)
    const named = sightline(['validate', '-', '--cluster', 'east'], { input })
    expect([named.status, named.stderr]).toEqual([
      2,
      'sightline: `--cluster east` names the cluster of objects without a document, and what standard input holds is one, which names its own\n',
    ])
  })

  it('does not colour what goes into a pipe, and colours on demand', () => {
    expect(sightline(['trace', folder, ...traced]).stdout).not.toContain('\u001b')
    expect(sightline(['trace', folder, ...traced], { env: { FORCE_COLOR: '1', NO_COLOR: '' } }).stdout).toContain('\u001b[32mREACHABLE')
    const without = sightline(['trace', folder, ...traced, '--no-color'], { env: { FORCE_COLOR: '1', NO_COLOR: '' } })
    expect([without.stdout.includes('\u001b'), without.stderr]).toEqual([false, ''])
    const json = sightline(['trace', folder, ...traced, '--format', 'json'], { env: { FORCE_COLOR: '1' } })
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'REACHABLE' })
  })

  it('keeps the verdict’s code when the reader goes away', async () => {
    const child = spawn(process.execPath, [program, 'trace', folder, '--from', 'west/shop/client', '--to', 'empty', '--format', 'json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(1)
  })
})

describe('serve', () => {
  it('is the service, asked and stopped by a signal; a second one on the same data is refused', async () => {
    const data = await newDataDir(join(scratch, 'data'))
    const service = await startService([process.execPath, program, 'serve', '--data-dir', data])
    try {
      const server = ['--server', service.url]
      expect(sightline(['push', folder, '--topology', 'shop', ...server]).stdout).toMatch(/^APPENDED {2}shop@1/)
      expect(sightline(['trace', 'shop', ...traced, ...server]).status).toBe(0)
      expect(sightline(['export', 'shop', ...server]).stdout).toMatch(/^kind: Topology$/m)
      const second = sightline(['serve'], { env: { DATA_DIR: data, PORT: String(await findFreePort()), LOG_LEVEL: 'warn' } })
      expect(second).toMatchObject({ status: 78, stdout: '' })
      expect(second.stderr).toContain(`in use by process ${service.child.pid}`)
    } finally {
      expect(await service.stop()).toBe(0)
    }
  }, 120_000)

  it('refuses to be open to everybody, with 78 as the service does', () => {
    expect(sightline(['serve', '--host', '0.0.0.0'])).toMatchObject({ status: 78, stdout: '' })
  })

  it('refuses a port that is none, with 2', () => {
    expect(sightline(['serve', '--port', 'x'])).toMatchObject({ status: 2, stdout: '' })
  })
})
