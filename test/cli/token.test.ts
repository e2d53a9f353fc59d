import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#store/open-store'
import { type OpenService, openService } from '../rest/open-service.js'
import { newDataDir } from '../store/new-data-dir.js'
import { call } from './call.js'

const scratch = mkdtempSync(join(tmpdir(), 'token-'))
let service: OpenService
let admin: string
beforeAll(async () => {
  service = await openService({ ADMIN_TOKEN_FILE: join(scratch, 'admin') }, () => Date.parse('2026-11-20T12:00:00Z'))
  admin = readFileSync(join(scratch, 'admin'), 'utf8').trim()
})
afterAll(async () => {
  await service?.close()
  rmSync(scratch, { recursive: true, force: true })
})

const path = 'examples/single-cluster'
const onServer = (...words: readonly string[]) => [...words, '--server', service.url]

describe('a command that asks a server', () => {
  it('is known by `--token`, or by SIGHTLINE_TOKEN', async () => {
    const pushed = await call([...onServer('push', path, '--topology', 'shop'), '--token', admin])
    expect([pushed.code, pushed.err]).toEqual([0, expect.not.stringContaining('slt_')])
    const trust = ['--client', 'shop/client', '--server', 'shop/reviews']
    for (const asked of [
      ['trace', 'shop', '--from', 'shop/client', '--to', 'reviews.shop'],
      ['trust', 'shop', ...trust],
      ['validate', 'shop'],
      ['export', 'shop'],
    ])
      expect((await call(onServer(...asked), { environment: { SIGHTLINE_TOKEN: admin } })).code).toBeLessThan(2)
  })

  it('ends with 4 where it is not known, and where its token does not allow this', async () => {
    const nobody = await call(onServer('push', path, '--topology', 'shop'))
    expect([nobody.code, nobody.err]).toEqual([4, expect.stringContaining('Authorization: Bearer')])
    const wrong = await call([...onServer('export', 'shop'), '--token', 'slt_nonsense'])
    expect([wrong.code, wrong.err]).toEqual([4, expect.not.stringContaining('nonsense')])
    const { token } = JSON.parse((await call([...onServer('token', 'create', 'r', '--format', 'json'), '--token', admin])).out)
    const reader = await call([...onServer('push', path, '--topology', 'shop'), '--token', token])
    expect([reader.code, reader.err]).toEqual([4, expect.stringContaining('this takes the scope `write`')])
  })

  it('takes no token where none is asked', async () => {
    expect(await call(['validate', path, '--token', admin])).toMatchObject({
      code: 2,
      err: expect.stringContaining('`--token` is for a server'),
    })
    expect((await call([...onServer('export', 'shop'), '--token', 'two words'])).code).toBe(2)
  })
})

describe('token, on a server', () => {
  it('makes one, tells it once, and ends it', async () => {
    const made = await call([
      ...onServer('token', 'create', 'the pipeline', '--scope', 'write', '--scope', 'read', '--topology', 'shop*', '--expires', '30d'),
      '--token',
      admin,
    ])
    const [token = ''] = made.out.split('\n')
    expect(token).toMatch(/^slt_/)
    expect(made.out).toContain('until 2026-12-20T12:00:00.000Z')
    const listed = await call([...onServer('token', 'list'), '--token', admin])
    expect(listed.out).toMatch(/^ {2}[0-9a-f]{12} {2}taken +write,read +shop\* .*the pipeline$/m)
    expect(listed.out).not.toContain('slt_')
    const id = /([0-9a-f]{12}) .*the pipeline/.exec(listed.out)?.[1] ?? ''
    expect(await call([...onServer('token', 'revoke', id), '--token', admin])).toMatchObject({ code: 0, out: `REVOKED  ${id}\n` })
    expect((await call([...onServer('token', 'list'), '--token', admin])).out).toMatch(new RegExp(`${id} {2}revoked`))
  })

  it.each([
    [['token']],
    [['token', 'make']],
    [['token', 'create']],
    [['token', 'revoke']],
    [['token', 'list', 'more']],
    [['token', 'create', 'x', '--scope', 'root']],
    [['token', 'create', 'x', '--expires', 'soon']],
    [['token', 'create', 'x', '--topology', 'A B']],
    [['token', 'revoke', '000000000000']],
  ])('ends with 2 for %j', async (words) => {
    expect((await call([...words, '--server', service.url], { environment: { SIGHTLINE_TOKEN: admin } })).code).toBe(2)
  })
})

describe('token, without a server', () => {
  it('opens the store that nobody holds, and says how to go on where somebody does', async () => {
    const environment = { DATA_DIR: await newDataDir(join(scratch, 'data')) }
    const made = await call(['token', 'create', 'first', '--scope', 'admin', '--expires', 'never', '--format', 'json'], { environment })
    expect([made.code, JSON.parse(made.out)]).toEqual([
      0,
      expect.objectContaining({ scopes: ['admin'], expiresAt: null, createdBy: 'operator' }),
    ])
    const listed = JSON.parse((await call(['token', 'list', '--format', 'json'], { environment })).out)
    expect(listed.items.map(({ name }: { name: string }) => name)).toEqual(['first'])
    const store = await openStore({ dataDir: environment.DATA_DIR })
    try {
      expect(await call(['token', 'list'], { environment })).toMatchObject({ code: 5, err: expect.stringContaining('`--server`') })
    } finally {
      await store.close()
    }
  }, 120_000)
})
