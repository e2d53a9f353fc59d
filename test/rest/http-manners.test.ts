import { createInProcessAnalyst } from '#analyst/in-process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identifyNobody } from '#access/identify'
import { buildApp } from '#app'
import { readConfig } from '#config'
import { AppError } from '#engine/model/app-error'
import type { Dependencies } from '#operations/dependencies'
import { createTelemetry } from '#telemetry'
import { twoClusters } from '../operations/two-clusters.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
const yaml = 'application/yaml'
const document = Buffer.from(twoClusters().body).toString()
const versions = '/v1/topologies/shop/versions'

beforeAll(async () => {
  service = await openService()
  await service.http.post(versions).type(yaml).send(document)
})
afterAll(() => service?.close())

describe('an address', () => {
  it.each(['/v1', '/v1/nothing', '/v2/topologies', `${versions}/1/nothing`, '/v1/topologies/shop/'])(
    '%s has nothing at it',
    async (path) => {
      problemOf(await service.http.get(path), 404, 'NOT_FOUND')
    },
  )

  it.each([
    ['patch', '/v1/topologies/shop', 'GET, HEAD, PUT, DELETE'],
    ['post', '/v1/topologies/shop', 'GET, HEAD, PUT, DELETE'],
    ['put', versions, 'GET, HEAD, POST'],
    ['delete', `${versions}/1`, 'GET, HEAD'],
    ['get', `${versions}/1/reachability`, 'POST'],
    ['get', '/v1/validate', 'POST'],
    ['post', '/openapi.json', 'GET, HEAD'],
  ] as const)('%s of %s is not allowed, and what is is said', async (method, path, allowed) => {
    const answer = await service.http[method](path)
    problemOf(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers['allow']).toBe(allowed)
  })

  it('that cannot be read, or is too long, is malformed', async () => {
    problemOf(await service.http.get('/v1/topologies/%E0%A4%A'), 400, 'PARAMETER_INVALID')
    problemOf(await service.http.get(`/v1/topologies/${'a'.repeat(2_000)}`), 400, 'PARAMETER_INVALID')
    problemOf(
      await service.http
        .put(`/v1/topologies/shop/clusters/${'a'.repeat(254)}`)
        .type(yaml)
        .send('name: a'),
      400,
      'PARAMETER_INVALID',
    )
  })

  it.each([
    ['get', '/v1/topologies?limit=5', 'limit'],
    ['get', `${versions}/1?format=yaml`, 'format'],
    ['get', `${versions}/1/document?format=xml`, 'format'],
    ['post', `${versions}/1/validate?strict=true`, 'strict'],
    ['post', `${versions}/1/validate?strictStatus=yes`, 'strictStatus'],
    ['post', `${versions}/1/reachability?at=now`, 'at'],
  ] as const)('%s %s has a parameter that is not taken there', async (method, path, parameter) => {
    const problem = problemOf(
      await service.http[method](path).send(method === 'post' ? { from: {}, to: { host: 'a' } } : undefined),
      400,
      'PARAMETER_INVALID',
    )
    expect(problem.errors?.map((fault) => fault.parameter)).toEqual([parameter])
  })

  it('answers HEAD like GET, without a body', async () => {
    const [get, head] = [await service.http.get(`${versions}/1`), await service.http.head(`${versions}/1`)]
    expect({ status: head.status, etag: head.headers['etag'], text: head.text }).toEqual({
      status: 200,
      etag: get.headers['etag'],
      text: undefined,
    })
  })
})

describe('a body', () => {
  it.each(['text/plain', 'multipart/mixed; boundary=x', 'application/xml', 'application/x-www-form-urlencoded'])(
    'of type %s is not taken',
    async (type) => {
      problemOf(await service.http.post(versions).set('content-type', type).send('x'), 415, 'MEDIA_TYPE_UNSUPPORTED')
      problemOf(await service.http.post(`${versions}/1/trust`).set('content-type', type).send('x'), 415, 'MEDIA_TYPE_UNSUPPORTED')
    },
  )

  it('of YAML is a document, never a question', async () => {
    problemOf(await service.http.post(`${versions}/1/trust`).type(yaml).send('client: {}'), 415, 'MEDIA_TYPE_UNSUPPORTED')
  })

  it('that is packed or in another encoding is refused rather than misread', async () => {
    problemOf(await service.http.post(versions).type(yaml).set('content-encoding', 'gzip').send(document), 415, 'MEDIA_TYPE_UNSUPPORTED')
    problemOf(
      await service.http.post(versions).set('content-type', `${yaml}; charset=utf-16`).send(document),
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    )
    expect((await service.http.post(versions).set('content-type', `${yaml}; charset=UTF-8`).send(document)).body).toMatchObject({
      unchanged: true,
    })
  })

  it('of a question may have 1 MiB, a document much more', async () => {
    const long = ' '.repeat(1024 * 1024 + 1)
    const { detail } = problemOf(await service.http.post(`${versions}/1/trust`).type('application/json').send(long), 413, 'BODY_TOO_LARGE')
    expect(detail).toContain('1048576 bytes')
    const padded = await service.http
      .post(versions)
      .type(yaml)
      .send(`${document}\n# ${'x'.repeat(3 * 1024 * 1024)}\n`)
    expect(padded.body, 'a comment is no content').toMatchObject({ unchanged: true })
  })
})

describe('an answer', () => {
  it('in a type that a document is not sent in is not acceptable', async () => {
    const read = (accept: string) => service.http.get(`${versions}/1/document`).set('accept', accept)
    for (const accept of ['image/png', 'application/xml', 'application/json;q=0']) problemOf(await read(accept), 406, 'NOT_ACCEPTABLE')
    for (const accept of ['*/*', 'application/*', 'image/png, application/json;q=0.1'])
      expect((await read(accept)).type).toBe('application/json')
    for (const accept of ['text/*', 'application/json;q=0.5, application/yaml']) expect((await read(accept)).type).toBe('application/yaml')
  })

  it('that is a failure has the number of its request, and is not kept', async () => {
    const answers = [await service.http.get('/nothing'), await service.http.get('/nothing')]
    const [first, second] = answers.map((answer) => problemOf(answer, 404, 'NOT_FOUND').requestId)
    expect(first).toMatch(/^[0-9a-f-]{36}$/)
    expect(second).not.toBe(first)
    expect(answers[0]?.headers['cache-control']).toBe('no-store')
  })
})

describe('a failure that is not the client’s', () => {
  const serve = async (findTopology: () => Promise<never>) => {
    const read = readConfig({})
    if ('problems' in read) throw new Error(read.problems.join())
    const broken = { findTopology } as unknown as Dependencies['store']
    const telemetry = createTelemetry({ level: 'silent' })
    const app = await buildApp({
      config: read.config,
      telemetry,
      store: broken,
      analyst: createInProcessAnalyst(),
      now: () => 0,
      isDraining: () => false,
      identify: identifyNobody,
    })
    const answer = await app.inject('/v1/topologies/shop')
    await app.close()
    return { status: answer.statusCode, headers: answer.headers, body: answer.json(), text: answer.payload }
  }

  it('shows nothing of the inside', async () => {
    const answer = await serve(() => Promise.reject(new Error('password of db-7 is hunter2')))
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 500, code: 'INTERNAL' })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.text).not.toMatch(/hunter2|db-7|\.ts/)
  })

  it('and passes says when to try again', async () => {
    const answer = await serve(() => Promise.reject(new AppError('STORE_UNAVAILABLE', 'the database did not answer')))
    expect({ status: answer.status, code: answer.body.code, again: answer.headers['retry-after'] }).toEqual({
      status: 503,
      code: 'STORE_UNAVAILABLE',
      again: '1',
    })
  })
})
