import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#config'
import { allowedHosts } from '#http/allowed-hosts'
import { type OpenService, openService } from '../rest/open-service.js'
import { requestOf, sendRaw } from './send-raw.js'

const query = JSON.stringify({ query: '{ __typename }' })
const graphql = `Content-Type: application/json\r\nContent-Length: ${query.length}\r\n`
/** What a page of somebody else has its reader's browser send, once the page's own name leads to loopback. */
const asked = {
  REST: (host: string) => requestOf('GET /v1/topologies', host, `Origin: http://${host}\r\nSec-Fetch-Site: same-origin\r\n`),
  'REST, deleting': (host: string) => requestOf('DELETE /v1/topologies/shop', host, `Origin: http://${host}\r\n`),
  GraphQL: (host: string) => requestOf('POST /graphql', host, graphql) + query,
  'GraphQL by address': (host: string) => requestOf('GET /graphql?query=%7B__typename%7D', host),
  'the schema': (host: string) => requestOf('GET /graphql/schema.graphql', host),
  'the first page': (host: string) => requestOf('GET /', host),
  docs: (host: string) => requestOf('GET /docs', host),
  'the reference': (host: string) => requestOf('GET /docs/api', host),
  GraphiQL: (host: string) => requestOf('GET /graphiql', host),
  OpenAPI: (host: string) => requestOf('GET /openapi.json', host),
  metrics: (host: string) => requestOf('GET /metrics', host),
  'an address with nothing at it': (host: string) => requestOf('GET /nothing', host),
  preflight: (host: string) => requestOf('OPTIONS /graphql', host, `Origin: http://${host}\r\nAccess-Control-Request-Method: POST\r\n`),
}

const foreign = [
  'evil.example',
  'rebind.evil.example:8080',
  '127.0.0.1.nip.io',
  'localhost.evil.example',
  '169.254.169.254',
  '0.0.0.0',
  '127.1',
  '2130706433',
  '[::ffff:7f00:1]',
  '[::]',
  '[::1:1]',
  'xn--lcalhost-54a',
]
const noName = [
  '',
  ' ',
  'evil.example@127.0.0.1',
  'localhost, evil.example',
  'localhost/evil',
  '[::1',
  '::1',
  '[localhost]',
  'l\u00f6calhost',
  'a..b',
  '.',
  'localhost:80:80',
  '[::1%25lo]',
]

describe('a service on loopback', () => {
  let service: OpenService
  beforeAll(async () => {
    service = await openService({
      ALLOWED_HOSTS: 'Mesh.Example, sightline.internal:8443, 2001:DB8:0::7, [2001:db8::8]:80',
      CORS_ORIGINS: '*',
    })
  })
  afterAll(() => service?.close())

  it.each(Object.entries(asked))('does not answer who calls it by a foreign name: %s', async (_what, write) => {
    for (const host of foreign) {
      const answer = await sendRaw(service.url, write(host))
      expect({ host, status: answer.status, type: answer.headers['content-type'] }).toEqual({
        host,
        status: 421,
        type: 'application/problem+json; charset=utf-8',
      })
      expect(JSON.parse(answer.body)).toMatchObject({
        code: 'HOST_NOT_ALLOWED',
        status: 421,
        detail: expect.stringContaining('ALLOWED_HOSTS'),
      })
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it.each(Object.entries(asked))('asks for one name that is one: %s', async (_what, write) => {
    for (const host of noName) {
      const answer = await sendRaw(service.url, write(host))
      expect({ host, status: answer.status, code: JSON.parse(answer.body).code }).toEqual({ host, status: 400, code: 'REQUEST_MALFORMED' })
    }
  })

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST.', 'localhost:', 'localhost:65535', '[::1]:8080', '[0:0:0:0:0:0:0:1]'])(
    'is called %s',
    async (host) => {
      expect((await sendRaw(service.url, asked.REST(host))).status).toBe(200)
    },
  )

  it.each(['mesh.example', 'MESH.example.:1', 'sightline.internal', '[2001:db8::7]:80', '[2001:DB8:0:0::8]'])(
    'is called %s as well, which is stated',
    async (host) => {
      expect((await sendRaw(service.url, asked.REST(host))).status).toBe(200)
    },
  )

  it('takes nobody’s word for another name', async () => {
    const forwarded = 'X-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\nX-Host: localhost\r\nX-Original-Host: localhost\r\n'
    expect((await sendRaw(service.url, requestOf('GET /v1/topologies', 'evil.example', forwarded))).status).toBe(421)
    expect(
      (await sendRaw(service.url, requestOf('GET /v1/topologies', 'localhost', forwarded.replaceAll('localhost', 'evil.example')))).status,
    ).toBe(200)
  })

  it('reads the name in a whole address, and the field beside it', async () => {
    const statusOf = async (target: string, host: string) => (await sendRaw(service.url, requestOf(`GET ${target}`, host))).status
    expect(await statusOf('http://localhost:8080/v1/topologies', 'localhost:8080')).toBe(200)
    expect(await statusOf('HTTP://LOCALHOST/v1/topologies', 'localhost')).toBe(200)
    expect(await statusOf('http://evil.example/v1/topologies', 'localhost')).toBe(421)
    expect(await statusOf('http://localhost/v1/topologies', 'evil.example')).toBe(421)
    for (const target of ['http://evil@localhost/v1/topologies', 'http:///v1/topologies', 'ftp://localhost/v1/topologies'])
      expect(await statusOf(target, 'localhost'), target).toBe(400)
  })

  it('answers 400 to two names, and to none', async () => {
    const requests = [
      'GET /v1/topologies HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
      'GET /v1/topologies HTTP/1.1\r\nHost: localhost\r\nhOST: localhost\r\nConnection: close\r\n\r\n',
      'GET /v1/topologies HTTP/1.1\r\nConnection: close\r\n\r\n',
      'GET /v1/topologies HTTP/1.0\r\n\r\n',
      'GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
      'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n',
    ]
    for (const request of requests) {
      const answer = await sendRaw(service.url, request)
      expect({ request, status: answer.status, code: JSON.parse(answer.body).code }).toEqual({
        request,
        status: 400,
        code: 'REQUEST_MALFORMED',
      })
    }
  })

  it('answers probes by whatever name they know', async () => {
    for (const path of ['/livez', '/readyz'])
      for (const host of ['10.2.3.4:8080', 'evil.example', '[fd00::1]'])
        expect((await sendRaw(service.url, requestOf(`GET ${path}`, host))).status).toBe(200)
    expect((await sendRaw(service.url, 'GET /livez HTTP/1.0\r\n\r\n')).status, 'HTTP/1.0 has no names').toBe(200)
  })
})

describe('the names of a service', () => {
  const namesOf = (environment: Record<string, string>) => {
    const read = readConfig({ INSECURE_OPEN: 'true', ...environment })
    if ('problems' in read) throw new Error(read.problems.join())
    return [...allowedHosts(read.config)].filter((name) => !['localhost', '127.0.0.1', '[::1]'].includes(name))
  }

  it.each([
    ['192.0.2.7', ['192.0.2.7']],
    ['2001:db8::7', ['[2001:db8::7]']],
    ['Mesh.Example.', ['mesh.example']],
    ['0.0.0.0', []],
    ['::', []],
    ['0:0:0:0:0:0:0:0', []],
    ['::ffff:0.0.0.0', []],
  ])('are the address that it listens on, unless that is every one: %s', (HOST, names) => {
    expect(namesOf({ HOST })).toEqual(names)
  })

  it.each(['*', 'http://mesh.example', 'mesh.example/path', 'me@mesh', '2001:db8::zz', '[::1', '.example'])('cannot be %s', (name) => {
    const read = readConfig({ ALLOWED_HOSTS: `mesh.example,${name}` })
    expect('problems' in read && read.problems).toEqual([expect.stringContaining('ALLOWED_HOSTS does not accept')])
  })
})
