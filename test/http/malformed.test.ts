import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenService, openService } from '../rest/open-service.js'
import { requestOf, sendRaw } from './send-raw.js'

const post = 'POST /v1/validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

describe('what is no request', () => {
  let service: OpenService
  beforeAll(async () => {
    service = await openService({ BODY_LIMIT: '4096' })
  })
  afterAll(() => service?.close())

  it.each([
    ['a header of 20 KB', `GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['an address of 20 KB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['an unknown method', 'FOO /livez HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['a method that no route has', 'TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 405, 'METHOD_NOT_ALLOWED'],
    ['a tunnel', 'CONNECT a:80 HTTP/1.1\r\nHost: localhost\r\n\r\n', 405, 'METHOD_NOT_ALLOWED'],
    [
      'a length and chunks',
      `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      400,
      'REQUEST_MALFORMED',
    ],
    ['two lengths', `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400, 'REQUEST_MALFORMED'],
    ['a negative length', `${post}Content-Length: -2\r\n\r\n{}`, 400, 'REQUEST_MALFORMED'],
    ['chunks without lengths', `${post}Transfer-Encoding: chunked\r\n\r\nx\r\n\r\n`, 400, 'REQUEST_MALFORMED'],
    ['line feeds alone', 'GET /livez HTTP/1.1\nHost: localhost\n\n', 400, 'REQUEST_MALFORMED'],
    ['NUL in a header', 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['a TLS hello', Buffer.from('16030102000100'.repeat(10), 'hex'), 400, 'REQUEST_MALFORMED'],
    ['an expectation of another program', `${post}Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}`, 417, 'EXPECTATION_FAILED'],
    ['a broken escape', requestOf('GET /v1/topologies/%E0%A4%A', 'localhost'), 400, 'PARAMETER_INVALID'],
    ['NUL in an address', requestOf('GET /v1/topologies/a%00b', 'localhost'), 400, 'PARAMETER_INVALID'],
    ['a body beyond the limit', `${post}Content-Length: 5000\r\nConnection: close\r\n\r\n`, 413, 'BODY_TOO_LARGE'],
  ])('is answered once, by a problem document: %s', async (_name, bytes, status, code) => {
    const answer = await sendRaw(service.url, bytes)
    expect({ status: answer.status, type: answer.headers['content-type'], answers: answer.answers, closed: answer.closed }).toEqual({
      status,
      type: 'application/problem+json; charset=utf-8',
      answers: 1,
      closed: true,
    })
    expect(JSON.parse(answer.body)).toMatchObject({ status, code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
  })

  it('does not stand in the middle of another answer', async () => {
    const answer = await sendRaw(service.url, 'GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n\0\0\0\0')
    expect(answer.answers).toBeLessThanOrEqual(1)
  })

  it('keeps nobody else from being answered', async () => {
    expect((await sendRaw(service.url, requestOf('GET /livez', 'localhost'))).status).toBe(200)
  })

  it('100-continue is the expectation that is met', async () => {
    const asked = await sendRaw(service.url, `${post}Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`)
    expect(asked.status).toBe(100)
  })
})

describe('a path with dots', () => {
  let service: OpenService
  beforeAll(async () => {
    service = await openService()
  })
  afterAll(() => service?.close())

  const ups = [
    '..',
    '%2e%2e',
    '..%2f..',
    '..%5c..',
    '%2e%2e%2f%2e%2e',
    '....//....',
    '..;',
    '%2e%2e%5c',
    '..%00',
    '%00',
    '.env',
    '..%c0%af..',
  ]
  it.each(['/docs', '/docs/static', '/docs/api', '/docs/api/static', '/graphiql', '/rules', '/schemas', '/docs/examples', ''])(
    'below %s leads to nothing',
    async (folder) => {
      for (const up of ups)
        for (const end of ['package.json', 'etc/passwd', '.git/config', '']) {
          const path = `${folder}/${up}/${up}/${end}`
          const answer = await sendRaw(service.url, requestOf(`GET ${path}`, 'localhost'))
          expect([400, 404], path).toContain(answer.status)
          expect(answer.headers['content-type'], path).toContain('application/problem+json')
          expect(answer.body, path).not.toMatch(/"dependencies"|root:x:0|\[core\]/)
        }
    },
  )

  it('is not said to be one that GET may not ask for', async () => {
    expect((await sendRaw(service.url, requestOf('GET /graphiql/..%2f..%2fpackage.json', 'localhost'))).status).toBe(404)
    expect((await sendRaw(service.url, requestOf('POST /graphiql', 'localhost', 'Content-Length: 0\r\n'))).status).toBe(405)
  })
})
