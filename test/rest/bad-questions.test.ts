import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromWeb, twoClusters } from '../operations/two-clusters.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
beforeAll(async () => {
  service = await openService()
  const body = Buffer.from(twoClusters({ east: ['cart', 'rating'] }).body)
  await service.http.post('/v1/topologies/shop/versions').type('application/yaml').send(body)
})
afterAll(() => service?.close())

const version = '/v1/topologies/shop/versions/1'
const ask = (question: string, body: object | string | Buffer) =>
  service.http.post(`${version}/${question}`).type('application/json').send(body)
const toCart = { host: 'cart' }

describe('a question that cannot be asked', () => {
  it('about a workload that does not exist lists near names', async () => {
    const answer = await ask('reachability', { from: { ...fromWeb, workload: 'wen' }, to: toCart })
    const problem = problemOf(answer, 422, 'SOURCE_NOT_FOUND')
    expect(problem.detail).toContain('wen')
    expect(problem.suggestions).toContain('web')
  })

  it.each(['visibility', 'reachability', 'proxy-config'])('about a cluster that does not exist lists near names (%s)', async (question) => {
    const answer = await ask(question, { from: { ...fromWeb, cluster: 'wets' }, ...(question === 'reachability' ? { to: toCart } : {}) })
    expect(problemOf(answer, 422, 'SOURCE_NOT_FOUND').suggestions).toContain('west')
  })

  it('about an identity in a cluster that does not exist lists near names', async () => {
    const server = { cluster: 'west', namespace: 'shop', serviceAccount: 'default' }
    const answer = await ask('trust', { client: { ...server, cluster: 'wets' }, server })
    expect(problemOf(answer, 422, 'IDENTITY_NOT_FOUND').suggestions).toContain('west')
  })

  it('a source without its namespace is not stated completely', async () => {
    problemOf(await ask('reachability', { from: { cluster: 'west' }, to: toCart }), 422, 'SOURCE_INVALID')
  })

  it('a SPIFFE ID that is none is malformed at its place', async () => {
    const answer = await ask('trust', { client: { spiffeId: 'foo' }, server: { namespace: 'shop' } })
    expect(problemOf(answer, 400, 'PARAMETER_INVALID').errors?.[0]).toMatchObject({ pointer: '#/client/spiffeId' })
  })

  it('a client outside is given no services, so that nobody can ask what it sees', async () => {
    problemOf(await ask('visibility', { from: { outside: true } }), 422, 'SOURCE_INVALID')
  })

  const proxy = { cluster: 'west', namespace: 'shop' }
  it.each([
    ['reachability', { from: { ...fromWeb, proxy }, to: toCart }, '#/from/cluster'],
    [
      'reachability',
      {
        calls: [
          { from: fromWeb, to: toCart },
          { from: { workload: 'web', proxy }, to: toCart },
        ],
      },
      '#/calls/1/from/workload',
    ],
    ['proxy-config', { from: { ...fromWeb, proxy } }, '#/from/cluster'],
    ['visibility', { from: { gateway: 'west/edge/in', namespace: 'shop' } }, '#/from/namespace'],
    ['visibility', { from: { gateway: 'west/edge/in', proxy } }, '#/from/gateway'],
    ['reachability', { from: { outside: true, cluster: 'west' }, to: toCart }, '#/from/cluster'],
    ['reachability', { from: { outside: true, proxy }, to: toCart }, '#/from/proxy'],
    ['visibility', { from: { labels: [{ name: 'a', value: 'b' }], proxy } }, '#/from/labels'],
  ])('a source told in two ways is malformed where the second begins (%s %j)', async (question, body, pointer) => {
    expect(problemOf(await ask(question, body), 400, 'PARAMETER_INVALID').errors).toMatchObject([{ code: 'SOURCE_CONTRADICTORY', pointer }])
  })

  it.each([
    [{ name: 'x-user' }, 'header `x-user` has neither a `value` nor `absent: true`'],
    [{ name: 'x-user', absent: false }, 'header `x-user` has neither a `value` nor `absent: true`'],
    [{ name: 'x-user', value: 'ann', absent: true }, 'header `x-user` has a `value` and is said to be absent'],
  ])('a header that is there and not there, or neither, is malformed where it stands (%j)', async (header, detail) => {
    const to = { ...toCart, headers: [{ name: 'x-other', value: '' }, header] }
    const fault = { code: 'HEADER_CONTRADICTORY', detail }
    const alone = problemOf(await ask('reachability', { from: fromWeb, to }), 400, 'PARAMETER_INVALID')
    expect(alone).toMatchObject({ detail, errors: [{ ...fault, pointer: '#/to/headers/1' }] })
    const one = { from: fromWeb, to: toCart }
    const batch = problemOf(await ask('reachability', { calls: [one, { ...one, to }] }), 400, 'PARAMETER_INVALID')
    expect(batch.errors).toMatchObject([{ ...fault, pointer: '#/calls/1/to/headers/1' }])
  })

  it('what nobody speaks is malformed at its place', async () => {
    const answer = await ask('reachability', { from: fromWeb, to: { ...toCart, protocol: 'http' } })
    expect(problemOf(answer, 400, 'PARAMETER_INVALID').errors?.[0]).toMatchObject({ pointer: '#/to/protocol' })
  })

  it('an unknown host is no problem but an answer', async () => {
    const answer = await ask('reachability', { from: fromWeb, to: { host: 'nothing.shop' } })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ verdict: 'UNREACHABLE', reason: 'NAME_NOT_RESOLVED' })
  })

  it.each([
    ['reachability', { from: fromWeb, to: toCart, at: 'yesterday' }],
    ['reachability', { calls: [{ from: fromWeb, to: toCart }], at: '2026-02-30' }],
    ['trust', { client: { spiffeId: 'spiffe://a/ns/b/sa/c' }, server: { spiffeId: 'spiffe://a/ns/b/sa/c' }, at: '' }],
    ['reachability', { from: fromWeb, to: toCart, at: '2026-02-31T00:00:00Z' }],
    ['reachability', { from: fromWeb, to: toCart, at: '2026-04-31T00:00:00+02:00' }],
    ['reachability', { from: fromWeb, to: toCart, at: '2026-01-01T24:00:00Z' }],
    ['reachability', { from: fromWeb, to: toCart, at: '2026-13-01T00:00:00Z' }],
  ])('at a moment that is none is malformed (%s)', async (question, body) => {
    expect(problemOf(await ask(question, body), 400, 'PARAMETER_INVALID').errors?.[0]).toMatchObject({ pointer: '#/at' })
  })
})

describe('a version that is not there', () => {
  it.each(['99', '0', '99999999999999999999', 'staging', `sha256:${'0'.repeat(64)}`])('%s is not found, to read or to ask', async (ref) => {
    const other = `/v1/topologies/shop/versions/${ref}`
    problemOf(await service.http.get(other), 404, 'VERSION_NOT_FOUND')
    problemOf(await service.http.get(`${other}/document`), 404, 'VERSION_NOT_FOUND')
    problemOf(await service.http.post(`${other}/reachability`).send({ from: fromWeb, to: toCart }), 404, 'VERSION_NOT_FOUND')
    problemOf(await service.http.post(`${other}/validate`), 404, 'VERSION_NOT_FOUND')
    problemOf(await service.http.put('/v1/topologies/shop/tags/production').send({ version: ref }), 404, 'VERSION_NOT_FOUND')
  })

  it('nor is one of a topology that is not there', async () => {
    problemOf(await service.http.get('/v1/topologies/nowhere/versions/1'), 404, 'TOPOLOGY_NOT_FOUND')
    problemOf(await service.http.get('/v1/topologies/nowhere/versions'), 404, 'TOPOLOGY_NOT_FOUND')
    problemOf(await service.http.delete('/v1/topologies/nowhere'), 404, 'TOPOLOGY_NOT_FOUND')
  })

  it.each(['%00', 'A_B', 'sha256:12'])('a reference that nothing can be called by, %s, is malformed', async (ref) => {
    problemOf(await service.http.get(`/v1/topologies/shop/versions/${ref}`), 400, 'PARAMETER_INVALID')
  })
})

describe('a page that is too long, or from nowhere', () => {
  it.each(['/v1/topologies', '/v1/topologies/shop/versions'])('first: 100000 of %s is refused', async (list) => {
    const problem = problemOf(await service.http.get(`${list}?first=100000`), 400, 'PARAMETER_INVALID')
    expect(problem.errors).toEqual([{ code: 'FIELD_INVALID', detail: 'must be <= 100', parameter: 'first' }])
  })

  it('first: 100000 of visible services is refused', async () => {
    const problem = problemOf(await ask('visibility', { from: fromWeb, first: 100_000 }), 400, 'PARAMETER_INVALID')
    expect(problem.errors).toEqual([{ code: 'FIELD_INVALID', detail: 'must be <= 100', pointer: '#/first' }])
  })

  it.each(['0', '-1', '1.5', '1e1', 'true', '', ' 5', '20&first=30'])('first=%s is not a whole number from 1 to 100', async (first) => {
    problemOf(await service.http.get(`/v1/topologies?first=${first}`), 400, 'PARAMETER_INVALID')
  })

  const cursors = ['!!', 'topologies:a', 'versions:0', 'versions:2147483648', 'topologies:\0'].map((key) =>
    Buffer.from(key).toString('base64url'),
  )
  it.each(['!!', ...cursors])('the cursor %s is none of this list', async (after) => {
    problemOf(await service.http.get('/v1/topologies/shop/versions').query({ after }), 400, 'CURSOR_INVALID')
    problemOf(await ask('visibility', { from: fromWeb, after: `${after}!` }), 400, 'CURSOR_INVALID')
  })

  it('a cursor with a zero character in it is no cursor', async () => {
    const after = Buffer.from('topologies:\0').toString('base64url')
    problemOf(await service.http.get('/v1/topologies').query({ after }), 400, 'CURSOR_INVALID')
  })
})

describe('a malformed body', () => {
  const malformed: readonly (readonly [string, string, string, string])[] = [
    ['nothing', '', '#', 'the body is empty'],
    ['null', 'null', '#', 'must be object'],
    ['a list', '[]', '#', 'must be object'],
    ['a number where a name belongs', '{"from":{"cluster":1},"to":{"host":"cart"}}', '#/from/cluster', 'must be string or null'],
    ['text where a number belongs', '{"from":{},"to":{"host":"cart","port":"80"}}', '#/to/port', 'must be integer or null'],
    ['a misspelt field', '{"from":{},"to":{"host":"cart"},"At":""}', '#/At', 'there is no such field here'],
    ['a missing field', '{"from":{}}', '#', 'lacks `to`'],
    ['a call of a batch', '{"calls":[{"from":{},"to":{"host":""}}]}', '#/calls/0/to/host', 'must not have fewer than 1 characters'],
    ['an empty batch', '{"calls":[]}', '#/calls', 'must not have fewer than 1 items'],
    [
      'a key that reaches for the prototype',
      '{"from":{"__proto__":{"cluster":"west"}},"to":{"host":"cart"}}',
      '#/from/__proto__',
      'there is no such field here',
    ],
    [
      'a key that reaches for the constructor',
      '{"from":{},"to":{"host":"cart"},"constructor":{"prototype":{}}}',
      '#/constructor',
      'there is no such field here',
    ],
  ]
  it.each(malformed)('%s is refused at its place', async (_what, body, pointer, detail) => {
    const problem = problemOf(await ask('reachability', body), 400, 'PARAMETER_INVALID')
    expect(problem.errors).toEqual([{ code: 'FIELD_INVALID', pointer, detail }])
  })

  it('1,001 calls are one too many', async () => {
    const calls = Array.from({ length: 1_001 }, () => ({ from: fromWeb, to: toCart }))
    const problem = problemOf(await ask('reachability', { calls }), 400, 'PARAMETER_INVALID')
    expect(problem.errors).toEqual([{ code: 'FIELD_INVALID', pointer: '#/calls', detail: 'must not have more than 1000 items' }])
  })

  it('text that ends too early is refused with its line', async () => {
    const problem = problemOf(await ask('trust', '{\n"client": {},\n'), 400, 'PARAMETER_INVALID')
    expect(problem.errors?.[0]).toMatchObject({ code: 'NOT_JSON', source: { line: 3 } })
  })

  it('text that is not JSON is refused', async () => {
    const problem = problemOf(await ask('trust', '{"client": nobody}'), 400, 'PARAMETER_INVALID')
    expect(problem.errors?.[0]).toMatchObject({ code: 'NOT_JSON', detail: expect.stringContaining('nobody') })
  })

  it('bytes that are not UTF-8 are refused, not replaced', async () => {
    const bytes = ask('trust', Buffer.from([0x22, 0xff, 0x22])).serialize((body) => body)
    problemOf(await bytes, 400, 'BODY_NOT_UTF8')
    const query = Buffer.from([...Buffer.from('{"query":"{ __typename } #'), 0xff, ...Buffer.from('"}')])
    const { status, body } = await service.http
      .post('/graphql')
      .set('content-type', 'application/json')
      .serialize((one) => one)
      .send(query)
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'BODY_NOT_UTF8'])
  })

  it.each([
    ['PUT', '/v1/topologies/shop'],
    ['PUT', '/v1/topologies/shop/tags/production'],
    ['POST', '/v1/topologies/shop/versions/latest/reachability'],
    ['POST', '/v1/topologies/shop/versions/latest/visibility'],
    ['POST', '/v1/topologies/shop/versions/latest/trust'],
    ['POST', '/v1/topologies/shop/versions/latest/proxy-config'],
    ['POST', '/v1/topologies/shop/prune'],
    ['POST', '/v1/tokens'],
  ] as const)('`null` is no object: %s %s', async (method, path) => {
    const asked = method === 'PUT' ? service.http.put(path) : service.http.post(path)
    const problem = problemOf(await asked.set('content-type', 'application/json').send('null'), 400, 'PARAMETER_INVALID')
    expect(problem.errors).toMatchObject([{ pointer: '#', detail: 'must be object' }])
  })

  it('a hundred faults are named, and that there are more', async () => {
    const calls = Array.from({ length: 150 }, () => ({ from: {}, to: { host: 1 } }))
    const answer = await ask('reachability', { calls })
    expect(problemOf(answer, 400, 'PARAMETER_INVALID').errors).toHaveLength(100)
    expect(answer.body.errorsTruncated).toBe(true)
  })

  it('deep nesting is refused without harm', async () => {
    problemOf(await ask('trust', `${'['.repeat(400_000)}${']'.repeat(400_000)}`), 400, 'PARAMETER_INVALID')
  })
})
