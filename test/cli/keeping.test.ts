import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenService, openService } from '../rest/open-service.js'
import { newDataDir } from '../store/new-data-dir.js'
import { call } from './call.js'

const scratch = mkdtempSync(join(tmpdir(), 'keeping-'))
const file = join(scratch, 'sightline.tar')
const environment = { DATA_DIR: join(scratch, 'data') }
let service: OpenService
let at: readonly string[]

const document = (service: string): string =>
  JSON.stringify({
    apiVersion: 'sightline/v1',
    kind: 'Topology',
    clusters: [{ name: 'west', resources: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: service, namespace: 'shop' } }] }],
  })

const append = (topology: string, name: string) =>
  service.http.post(`/v1/topologies/${topology}/versions`).set('content-type', 'application/json').send(document(name))

beforeAll(async () => {
  await newDataDir(environment.DATA_DIR)
  service = await openService()
  at = ['--server', service.url]
  for (const name of ['a', 'b', 'c', 'd']) await append('shop', name).expect(201)
  await service.http.put('/v1/topologies/shop/tags/production').send({ version: 2 }).expect(200)
})
afterAll(async () => {
  await service?.close()
  rmSync(scratch, { recursive: true, force: true })
})

describe('prune', () => {
  it('says first what it would take', async () => {
    const { code, out } = await call(['prune', 'shop', '--keep', '1', '--dry-run', ...at])
    expect([code, out]).toEqual([0, 'WOULD PRUNE  shop: version 1, 3\n'])
    await service.http.get('/v1/topologies/shop/versions/1').expect(200)
  })

  it('takes old versions, which are gone then and not unknown', async () => {
    expect((await call(['prune', 'shop', '--keep', '1', ...at])).out).toBe('PRUNED  shop: version 1, 3\n')
    const gone = await service.http.get('/v1/topologies/shop/versions/3').expect(410)
    expect(gone.body).toMatchObject({ code: 'VERSION_PRUNED', detail: 'version `3` of topology `shop` was pruned' })
    await service.http.get('/v1/topologies/shop/versions/9').expect(404)
    const { body } = await service.http.get('/v1/topologies/shop/versions')
    expect(body.items.map(({ number }: { number: number }) => number)).toEqual([4, 2])
  })

  it('leaves what is younger than it is told', async () => {
    await append('young', 'a').expect(201)
    await append('young', 'b').expect(201)
    const now = () => Date.now()
    expect((await call(['prune', 'young', '--older-than', '1h', ...at], { now })).out).toBe('nothing to prune of young\n')
    expect((await call(['prune', 'young', '--older-than', '1h', ...at], { now: () => now() + 7_200_000 })).out).toBe(
      'PRUNED  young: version 1\n',
    )
  })

  it.each([
    [['prune', 'shop'], 2, '`--keep N`, `--older-than DURATION`, or both'],
    [['prune', 'shop', '--keep', '0'], 2, '`--keep 0` is not a number of versions'],
    [['prune', 'shop', '--older-than', 'soon'], 2, '`--older-than soon` is not a duration such as `90d`'],
    [['prune', 'No/Name', '--keep', '1'], 2, '`No/Name` is not the name of a topology'],
    [['prune', 'nothing', '--keep', '1'], 2, 'there is no topology `nothing`'],
  ])('%j: %i, %s', async (words, code, sentence) => {
    const answered = await call([...words, ...at])
    expect(answered.code).toBe(code)
    expect(answered.err).toContain(sentence)
  })

  it('over REST wants one bound', async () => {
    const { body } = await service.http.post('/v1/topologies/shop/prune').send({ dryRun: true }).expect(400)
    expect(body).toMatchObject({ code: 'PARAMETER_INVALID', errors: [{ code: 'NOTHING_STATED', parameter: 'keep' }] })
  })
})

describe('backup, restore and verify', () => {
  it('take everything from a running service to a store of one’s own', async () => {
    const backed = await call(['backup', file, ...at])
    expect(backed).toMatchObject({ code: 0, out: '' })
    expect(backed.err).toBe(`BACKED UP  ${file}, ${statSync(file).size} bytes\n`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await call(['verify', '--backup', file])).out).toMatch(/^SOUND {2}\d+ contents\n$/)
    const restored = await call(['restore', file], { environment })
    expect(restored).toMatchObject({ code: 0, err: '' })
    expect(restored.out).toMatch(/^RESTORED {2}2 topologies, 3 versions, \d+ contents\n$/)
    expect((await call(['verify'], { environment })).out).toMatch(/^SOUND {2}3 versions, \d+ contents\n$/)
    // Back again, through `-` and over what is there.
    const again = join(scratch, 'again.tar')
    await call(['backup', again], { environment })
    expect((await call(['restore', again, '--replace', ...at])).code).toBe(0)
    expect((await call(['verify', ...at, '--format', 'json'])).out).toContain('"versions": 3')
    const { body } = await service.http.get('/v1/topologies/shop/versions/production').expect(200)
    expect(body).toMatchObject({ number: 2, tags: ['production'] })
  })

  it('never overwrite', async () => {
    const before = readFileSync(file)
    const backed = await call(['backup', file, ...at])
    expect([backed.code, backed.err]).toEqual([2, `sightline: \`${file}\` exists already: a backup does not take its place\n`])
    expect(readFileSync(file)).toEqual(before)
    const restored = await call(['restore', file, ...at])
    expect(restored.code).toBe(5)
    expect(restored.err).toContain('there are topologies already')
  })

  it('refuse what is no backup, and change nothing', async () => {
    const other = join(scratch, 'other.tar')
    writeFileSync(other, 'no archive')
    for (const words of [
      ['restore', other, '--replace', ...at],
      ['verify', '--backup', other],
      ['restore', other],
    ]) {
      const answered = await call(words, { environment: { DATA_DIR: join(scratch, 'unused') } })
      expect([answered.code, answered.err.startsWith('sightline: the backup cannot be used: ')]).toEqual([2, true])
    }
    await service.http.get('/v1/topologies/shop/versions/production').expect(200)
  })

  it('leave no half of a backup when the server breaks off', async () => {
    const gone = join(scratch, 'gone.tar')
    const answered = await call(['backup', gone, '--server', 'http://127.0.0.1:1'])
    expect(answered.code).toBe(3)
    expect(() => statSync(gone)).toThrow()
    expect(() => statSync(`${gone}.part`)).toThrow()
  })

  it('say where there is no store, and make none', async () => {
    const answered = await call(['verify'], { environment: { DATA_DIR: join(scratch, 'none') } })
    expect([answered.code, answered.err.includes(`there is no store at \`${join(scratch, 'none')}\``)]).toEqual([2, true])
    expect(() => statSync(join(scratch, 'none'))).toThrow()
  })

  it('take other bodies for what they are', async () => {
    await service.http.post('/v1/restore').set('content-type', 'application/json').send('{}').expect(415)
    const { body } = await service.http.post('/v1/restore').set('content-type', 'application/x-tar').send('x').expect(409)
    expect(body.code).toBe('STORE_NOT_EMPTY')
  })
})
