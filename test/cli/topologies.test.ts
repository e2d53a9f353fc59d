import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#store/open-store'
import { type OpenService, openService } from '../rest/open-service.js'
import { newDataDir } from '../store/new-data-dir.js'
import { call, type Called } from './call.js'

const scratch = mkdtempSync(join(tmpdir(), 'topologies-'))
const own = { DATA_DIR: join(scratch, 'data') }
let service: OpenService
let admin: string
/** What REST answers with at the beginning, where both doors find the same. */
let topologies: object
let versions: object

const document = (name: string): string =>
  JSON.stringify({
    apiVersion: 'sightline/v1',
    kind: 'Topology',
    clusters: [{ name: 'west', resources: [{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' } }] }],
  })

const asAdmin = () => ({ authorization: `Bearer ${admin}` })

const append = (topology: string, name: string, query: object = {}) =>
  service.http
    .post(`/v1/topologies/${topology}/versions`)
    .query(query)
    .set({ ...asAdmin(), 'content-type': 'application/json' })
    .send(document(name))
    .expect(201)

const read = async (path: string) => (await service.http.get(path).set(asAdmin()).expect(200)).body

beforeAll(async () => {
  await newDataDir(own.DATA_DIR)
  service = await openService({ ADMIN_TOKEN_FILE: join(scratch, 'admin') })
  admin = readFileSync(join(scratch, 'admin'), 'utf8').trim()
  await append('shop', 'a', { message: 'open ratings\n\nasked for by shop', author: 'ann' })
  await append('shop', 'b')
  await append('bank', 'a')
  await service.http.put('/v1/topologies/shop').set(asAdmin()).send({ description: 'what runs' }).expect(200)
  topologies = await read('/v1/topologies')
  versions = await read('/v1/topologies/shop/versions')
  const backup = join(scratch, 'both.tar')
  await call(['backup', backup, '--server', service.url, '--token', admin])
  await call(['restore', backup], { environment: own })
})
afterAll(async () => {
  await service?.close()
  rmSync(scratch, { recursive: true, force: true })
})

const doors: Readonly<Record<string, (...words: readonly string[]) => Promise<Called>>> = {
  'on a server': (...words) => call([...words, '--server', service.url], { environment: { SIGHTLINE_TOKEN: admin } }),
  'on the own store': (...words) => call(words, { environment: own }),
}

describe.each(Object.entries(doors))('topologies and versions, %s,', (_where, ask) => {
  const json = async (...words: readonly string[]) => JSON.parse((await ask(...words, '--format', 'json')).out)

  it('are listed as REST lists them', async () => {
    expect(await json('list')).toEqual(topologies)
    expect(await json('history', 'shop')).toEqual(versions)
  })

  it('are listed for people', async () => {
    const [bank, shop, ...rest] = (await ask('list')).out.trimEnd().split('\n')
    expect(bank).toMatch(/^ {2}bank {2}version 1 {2}NONE {2}since \d{4}-\S+Z$/)
    expect(shop).toMatch(/^ {2}shop {2}version 2 {2}NONE {2}since \d{4}-\S+Z {2}what runs$/)
    expect(rest).toEqual([])
    const [newest, oldest, ...more] = (await ask('history', 'shop')).out.trimEnd().split('\n')
    expect(newest).toMatch(/^ {2}2 {2}\d{4}-\S+Z$/)
    expect(oldest).toMatch(/^ {2}1 {2}\d{4}-\S+Z +ann {2}open ratings$/)
    expect(more).toEqual([])
  })

  it('are listed so far as is asked', async () => {
    const { items, page } = await json('history', 'shop', '--last', '1')
    expect(items.map(({ number }: { number: number }) => number)).toEqual([2])
    expect(page).toMatchObject({ hasMore: true })
  })

  it('are tagged, wherever the tag pointed before', async () => {
    expect(await ask('tag', 'shop', 'production')).toMatchObject({ code: 0, out: 'TAGGED  shop@2  production\n' })
    expect(await ask('tag', 'shop@1', 'production')).toMatchObject({ code: 0, out: 'TAGGED  shop@1  production\n' })
    expect(await json('tag', 'shop@production', 'staging')).toMatchObject({ number: 1, tags: ['production', 'staging'] })
    expect((await ask('history', 'shop')).out).toMatch(/^ {2}1 {2}\S+ {2}production,staging {2}ann {2}open ratings$/m)
  })

  it.each([
    [['history', 'nothing'], 'there is no topology `nothing`'],
    [['history', 'No/Name'], '`No/Name` is not the name of a topology'],
    [['history', 'shop', '--last', '0'], '`--last 0` is not a number of versions'],
    [['tag', 'nothing', 'production'], 'there is no topology `nothing`'],
    [['tag', 'shop@9', 'production'], 'topology `shop` has no version `9`'],
    [['tag', 'shop', 'latest'], 'a tag is neither a number nor `latest`'],
    [['tag', 'shop', 'a/../b'], '`a/../b` is not a name for a tag'],
    [['tag', 'a/b@1', 'production'], '`a/b@1` is not the name of a version'],
    [['tag', 'shop'], 'TAG is missing'],
    [['delete', 'nothing'], 'there is no topology `nothing`'],
    [['delete', 'shop@1'], '`shop@1` is not the name of a topology'],
    [['list', 'shop'], '`shop` is one word too many'],
  ])('%j ends with 2: %s', async (words, sentence) => {
    const answered = await ask(...words)
    expect([answered.code, answered.out]).toEqual([2, ''])
    expect(answered.err).toContain(sentence)
  })

  it('are deleted, and gone then', async () => {
    expect(await ask('delete', 'bank')).toMatchObject({ code: 0, out: 'DELETED  bank\n' })
    expect((await ask('history', 'bank')).code).toBe(2)
    expect((await json('list')).items.map(({ name }: { name: string }) => name)).toEqual(['shop'])
    expect(await json('delete', 'shop')).toEqual({ deleted: 'shop' })
    expect((await ask('list')).out).toBe('there is no topology\n')
  })
})

describe('who is not allowed', () => {
  it('ends with 4, and changes nothing', async () => {
    await append('mine', 'a')
    const make = async (...words: readonly string[]) =>
      (await call(['token', 'create', 'x', ...words, '--server', service.url, '--token', admin])).out.split('\n')[0] ?? ''
    const [reader, writer] = [await make(), await make('--scope', 'write')]
    const as = (token: string, ...words: readonly string[]) => call([...words, '--server', service.url, '--token', token])
    expect((await call(['list', '--server', service.url])).code).toBe(4)
    expect((await as(reader, 'history', 'mine')).code).toBe(0)
    expect((await as(reader, 'tag', 'mine', 'production')).err).toContain('this takes the scope `write`')
    expect((await as(writer, 'tag', 'mine', 'production')).code).toBe(0)
    expect((await as(writer, 'tag', 'mine', 'access')).err).toContain('this takes the scope `admin`')
    expect((await as(writer, 'delete', 'mine')).code).toBe(4)
    expect((await as(reader, 'history', 'mine')).out).toContain('production')
  })

  it('hears with 3 that there is no server, with 5 that a service holds the store, with 2 that there is none', async () => {
    expect((await call(['list', '--server', 'http://127.0.0.1:1'])).code).toBe(3)
    expect(await call(['list'], { environment: { DATA_DIR: join(scratch, 'none') } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no store at'),
    })
    const store = await openStore({ dataDir: own.DATA_DIR })
    try {
      expect(await call(['delete', 'shop'], { environment: own })).toMatchObject({ code: 5, err: expect.stringContaining('`--server`') })
    } finally {
      await store.close()
    }
  })
})
