import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eastAlone, twoClusters } from '../operations/two-clusters.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
beforeAll(async () => {
  service = await openService()
})
afterAll(() => service?.close())

const address = (topology: string) => `/v1/topologies/${topology}`
const document = (...east: string[]) => Buffer.from(twoClusters({ east }).body).toString()
const entry = (...east: string[]) => Buffer.from(eastAlone(east).body).toString()
const append = (topology: string, body = document()) =>
  service.http
    .post(`${address(topology)}/versions`)
    .type('application/yaml')
    .send(body)
const replaceEast = (topology: string, body: string) =>
  service.http
    .put(`${address(topology)}/clusters/east`)
    .type('application/yaml')
    .send(body)

describe('appending a version', () => {
  it('creates the topology when it is new, and says where the version is', async () => {
    const answer = await append('fresh').query({ message: 'first, with ü and 🚢', author: 'ana' })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.headers).toMatchObject({ location: '/v1/topologies/fresh/versions/1', etag: '"1"' })
    const { contentHash, createdAt, ...rest } = answer.body
    expect(rest).toEqual({ topology: 'fresh', number: 1, unchanged: false, message: 'first, with ü and 🚢', author: 'ana', warnings: [] })
    expect(contentHash).toMatch(/^sha256:[0-9a-f]{64}$/)
    const read = await service.http.get(answer.headers['location'] as string)
    expect(read.body).toEqual({
      topology: 'fresh',
      number: 1,
      contentHash,
      createdAt,
      message: 'first, with ü and 🚢',
      author: 'ana',
      tags: [],
    })
  })

  it('adds nothing for the content that the head has already', async () => {
    await append('same')
    const answer = await append('same')
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200, body: { number: 1, unchanged: true } })
    expect(answer.headers['location']).toBeUndefined()
  })

  it('takes JSON as well, and reads the same from it', async () => {
    await append('json')
    const { text } = await service.http.get(`${address('json')}/versions/1/document`)
    const answer = await service.http
      .post(`${address('json')}/versions`)
      .type('application/json')
      .send(text)
    expect(answer.body, 'the document read back is the document stored').toMatchObject({ number: 1, unchanged: true })
  })

  it.each(['text/yaml', 'application/x-yaml'])('takes YAML under its other name %s', async (type) => {
    const answer = await service.http
      .post(`${address('alias')}/versions`)
      .type(type)
      .send(document())
    expect(answer.body.number).toBe(1)
  })

  it('only rehearses when told so', async () => {
    const answer = await append('rehearsed').query({ dryRun: true })
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200, body: { number: 1, unchanged: false } })
    problemOf(await service.http.get(address('rehearsed')), 404, 'TOPOLOGY_NOT_FOUND')
  })

  it('carries a request out once however often it is sent, and no other under its key', async () => {
    const send = (body: string) => append('once', body).set('idempotency-key', '"order-17"')
    const first = await send(document('cart'))
    await append('once', document('cart', 'rating'))
    const again = await send(document('cart'))
    expect(again.body.number).toBe(1)
    expect(again.body.createdAt).toBe(first.body.createdAt)
    problemOf(await send(document('zoo')), 422, 'IDEMPOTENCY_KEY_REUSED')
    problemOf(await append('once').set('idempotency-key', 'a b'), 400, 'PARAMETER_INVALID')
  })

  it.each(['Shop', '-shop', 'shop-', 'shop.east', 'x'.repeat(64)])('refuses %s as the name of a topology', async (name) => {
    problemOf(await append(name), 400, 'PARAMETER_INVALID')
    problemOf(await service.http.put(address(name)), 400, 'PARAMETER_INVALID')
  })

  it.each(['message', 'author'])('refuses a %s that the database cannot hold', async (parameter) => {
    problemOf(await append('prose').query({ [parameter]: 'a\0b' }), 400, 'PARAMETER_INVALID')
    problemOf(await append('prose').query({ [parameter]: 'x'.repeat(2001) }), 400, 'PARAMETER_INVALID')
  })
})

describe('preconditions of an append', () => {
  beforeAll(async () => {
    await append('pinned')
    await append('pinned', document('cart'))
  })

  it.each([
    ['expectedVersion', { query: { expectedVersion: 1 }, headers: {} }],
    ['If-Match', { query: {}, headers: { 'if-match': '"1"' } }],
    ['expectedVersion=0, to be the first', { query: { expectedVersion: 0 }, headers: {} }],
    ['If-None-Match: *, to be the first', { query: {}, headers: { 'if-none-match': '*' } }],
  ])('an older head in %s is a conflict that names the current one', async (_how, { query, headers }) => {
    const answer = await append('pinned', document('zoo')).query(query).set(headers)
    expect(problemOf(answer, 412, 'PRECONDITION_FAILED').currentVersion).toBe(2)
    const replaced = await replaceEast('pinned', entry('zoo')).query(query).set(headers)
    expect(problemOf(replaced, 412, 'PRECONDITION_FAILED').currentVersion).toBe(2)
  })

  it('the entity tag of the newest version is its precondition, with tags and without', async () => {
    await append('guarded')
    const { etag } = (await service.http.get(`${address('guarded')}/versions/latest`)).headers
    expect((await append('guarded', document('cart')).set('if-match', etag as string)).status).toBe(201)
    await service.http.put(`${address('guarded')}/tags/production`).send({ version: 2 })
    const tagged = (await service.http.get(`${address('guarded')}/versions/latest`)).headers['etag'] as string
    expect((await append('guarded', document('zoo')).set('if-match', tagged)).status).toBe(201)
    problemOf(await append('guarded', document('rating')).set('if-match', tagged), 412, 'PRECONDITION_FAILED')
  })

  it.each(['42', '"one"', 'W/"2"', '"1", "2"'])('If-Match: %s is not a version', async (tag) => {
    const problem = problemOf(await append('pinned').set('if-match', tag), 400, 'PARAMETER_INVALID')
    expect(problem.errors?.[0]?.parameter).toBe('If-Match')
  })

  it('two preconditions that differ contradict each other, two that agree do not', async () => {
    const send = (expectedVersion: number) => append('pinned', document('cart')).query({ expectedVersion }).set('if-match', '"2"')
    problemOf(await send(1), 400, 'PARAMETER_INVALID')
    expect((await send(2)).body).toMatchObject({ unchanged: true })
  })

  it.each(['-1', '1.5', 'latest', '1e0', ''])('expectedVersion=%s is not a number of a version', async (expectedVersion) => {
    problemOf(await append('pinned').query({ expectedVersion }), 400, 'PARAMETER_INVALID')
  })
})

describe('replacing one cluster', () => {
  it('appends a version in which the others are as they were', async () => {
    await append('agents', document('cart'))
    const answer = await replaceEast('agents', entry('rating'))
    expect({ status: answer.status, location: answer.headers['location'] }).toEqual({
      status: 201,
      location: '/v1/topologies/agents/versions/2',
    })
    const whole = await append('agents', document('rating'))
    expect(whole.body, 'the same as the whole document with this entry').toMatchObject({ number: 2, unchanged: true })
  })

  it('two agents at once both get through', async () => {
    const answers = await Promise.all(
      ['north', 'south'].map((name) =>
        service.http
          .put(`${address('both')}/clusters/${name}`)
          .type('application/yaml')
          .send(`name: ${name}\n`),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const { body } = await service.http.get(`${address('both')}/versions/2/document`)
    expect(body.clusters.map(({ name }: { readonly name: string }) => name)).toEqual(['north', 'south'])
  })
})

describe('reading versions', () => {
  beforeAll(async () => {
    for (const east of [[], ['cart'], ['cart', 'rating']]) await append('shop', document(...east))
    await service.http.put(`${address('shop')}/tags/production`).send({ version: 2 })
  })

  it('by number, latest, tag and content hash', async () => {
    const read = async (ref: string) => (await service.http.get(`${address('shop')}/versions/${ref}`)).body
    const second = await read('2')
    expect(second).toMatchObject({ number: 2, tags: ['production'] })
    expect(await read('production')).toEqual(second)
    expect(await read(second.contentHash)).toEqual(second)
    expect(await read('latest')).toMatchObject({ number: 3, tags: [] })
  })

  it('lists the newest first, in pages that Link leads through', async () => {
    const numbers: number[] = []
    for (let next: string | undefined = `${address('shop')}/versions?first=2`; next !== undefined; ) {
      const answer = await service.http.get(next)
      numbers.push(...answer.body.items.map(({ number }: { readonly number: number }) => number))
      next = /^<(.+)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1]
      expect(answer.body.page).toEqual({
        hasMore: next !== undefined,
        nextCursor: next === undefined ? null : new URL(next, 'http://x').searchParams.get('after'),
      })
    }
    expect(numbers).toEqual([3, 2, 1])
  })

  it('is told once and remembered: a numbered document never changes, what a tag points at may', async () => {
    const read = (ref: string) => service.http.get(`${address('shop')}/versions/${ref}/document`)
    for (const ref of ['2', (await service.http.get(`${address('shop')}/versions/2`)).body.contentHash]) {
      expect((await read(ref)).headers['cache-control']).toContain('immutable')
    }
    for (const ref of ['latest', 'production']) expect((await read(ref)).headers['cache-control']).toBe('private, no-cache')
    expect((await read('production')).headers['content-location']).toBe(`${address('shop')}/versions/2/document`)
  })

  it.each(['', '/document'])('answers 304 to who has this state already (%s)', async (what) => {
    const read = (held: string) => service.http.get(`${address('shop')}/versions/latest${what}`).set('if-none-match', held)
    const etag = (await read('"other"')).headers['etag'] as string
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await read(held)
      expect({ status: answer.status, text: answer.text, etag: answer.headers['etag'] }).toEqual({ status: 304, text: '', etag })
      expect(answer.headers).not.toHaveProperty('content-length')
    }
  })

  it('a moved tag changes the entity tag of the version’s summary', async () => {
    const etag = async () => (await service.http.get(`${address('shop')}/versions/3`)).headers['etag']
    const before = await etag()
    await service.http.put(`${address('shop')}/tags/staging`).send({ version: 'latest' })
    expect(await etag()).not.toBe(before)
  })

  it('gives the document as YAML to who asks so, by Accept or in the address', async () => {
    const url = `${service.url}${address('shop')}/versions/2/document`
    const inYaml = await fetch(url, { headers: { accept: 'application/yaml' } })
    expect(inYaml.headers.get('content-type')).toBe('application/yaml; charset=utf-8')
    expect(inYaml.headers.get('vary')).toContain('accept')
    const text = await inYaml.text()
    expect(await (await fetch(`${url}?format=yaml`)).text()).toBe(text)
    const inJson = await fetch(`${url}?format=json`, { headers: { accept: 'application/yaml' } })
    expect(inJson.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await append('copied', text)).body.contentHash).toBe((await append('copied', await inJson.text())).body.contentHash)
  })

  it.each(['12', 'latest', 'Production', '-a'])('%s cannot be a tag', async (tag) => {
    problemOf(await service.http.put(`${address('shop')}/tags/${tag}`).send({ version: 1 }), 400, 'PARAMETER_INVALID')
  })
})

describe('topologies', () => {
  it('are put, changed in what is given, read, listed and deleted', async () => {
    const put = (body?: object) => service.http.put(address('named')).send(body)
    const made = await put({ description: 'two regions' })
    expect({ status: made.status, location: made.headers['location'] }).toEqual({ status: 201, location: address('named') })
    const { status, body } = await put({ compatibility: 'NONE' })
    const { warnings, ...changed } = body
    expect(warnings).toEqual([])
    expect({ status, body: changed }).toMatchObject({
      status: 200,
      body: { name: 'named', description: 'two regions', compatibility: 'NONE', head: 0 },
    })
    expect((await put()).body, 'nothing given, nothing changed').toEqual(body)
    expect((await service.http.get(address('named'))).body).toEqual(changed)
    const { items } = (await service.http.get('/v1/topologies?first=100')).body
    expect(items).toContainEqual(changed)
    expect((await service.http.delete(address('named'))).status).toBe(204)
    problemOf(await service.http.get(address('named')), 404, 'TOPOLOGY_NOT_FOUND')
  })

  it.each(['NO_LOST_REACH', 'NO_NEW_REACH', 'FULL'])(
    'are not put with the compatibility %s, which nothing would hold',
    async (compatibility) => {
      problemOf(await service.http.put(address('held')).send({ compatibility }), 422, 'COMPATIBILITY_UNSUPPORTED')
      problemOf(await service.http.get(address('held')), 404, 'TOPOLOGY_NOT_FOUND')
    },
  )

  it('created again continue their numbers', async () => {
    await append('phoenix')
    await service.http.delete(address('phoenix'))
    expect((await append('phoenix')).body).toMatchObject({ number: 2, unchanged: false })
    problemOf(await service.http.get(`${address('phoenix')}/versions/1`), 404, 'VERSION_NOT_FOUND')
  })

  it.each([{ compatibility: 'SOME' }, { description: 5 }, { descripton: 'x' }, { description: 'a\0b' }, { description: 'a\ud800b' }])(
    'are not changed by %j',
    async (body) => {
      problemOf(await service.http.put(address('strict')).send(body), 400, 'PARAMETER_INVALID')
      problemOf(await service.http.get(address('strict')), 404, 'TOPOLOGY_NOT_FOUND')
    },
  )
})
