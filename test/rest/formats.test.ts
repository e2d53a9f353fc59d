import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
beforeAll(async () => {
  service = await openService()
})
afterAll(async () => service.close())

/** Two clusters with the same ranges (NET102). */
const cluster = (name: string, other: string) =>
  `{ name: ${name}, network: n1, podCidrs: [10.1.0.0/16], remoteSecrets: [${other}], controlPlane: { role: PRIMARY } }`
const document = `apiVersion: sightline/v1\nkind: Topology\nnetworks: [{ name: n1 }]\nclusters:\n  - ${cluster('west', 'east')}\n  - ${cluster('east', 'west')}\n`
const validate = (query = '', accept = '*/*') =>
  service.http.post(`/v1/validate${query}`).set('accept', accept).type('application/yaml').send(document)
const textOf = ({ text, body }: { readonly text?: string; readonly body: unknown }): string => text ?? (body as Buffer).toString()

describe('a report over REST', () => {
  it.each([
    ['application/json', 'application/json', '"verdict":"FAIL"'],
    ['application/sarif+json', 'application/sarif+json', '"version": "2.1.0"'],
    ['application/xml', 'application/xml', '<testsuites name="sightline"'],
    ['text/markdown', 'text/markdown', '## Sightline: FAIL'],
    ['text/plain', 'text/plain', 'FAIL  1 error'],
    ['text/plain;q=0.5, text/markdown', 'text/markdown', '## Sightline: FAIL'],
    ['text/html, */*;q=0.1', 'application/json', '"verdict":"FAIL"'],
  ])('accepted as %s is %s', async (accept, type, says) => {
    const answer = await validate('', accept).buffer(true)
    expect([answer.status, answer.type, answer.headers['vary']]).toEqual([200, type, 'accept'])
    expect(textOf(answer)).toContain(says)
  })

  it.each([
    ['sarif', 'application/sarif+json', 'NET102'],
    ['junit', 'application/xml', 'failures="1"'],
    ['gitlab', 'application/json', '"check_name": "NET102"'],
    ['github', 'text/plain', '::error '],
    ['markdown', 'text/markdown', 'NET102'],
    ['text', 'text/plain', 'FAIL'],
    ['json', 'application/json', '"verdict":"FAIL"'],
  ])('asked for as %s is so, whatever is accepted, and fails alike', async (format, type, says) => {
    const answer = await validate(`?format=${format}&strictStatus=true`, 'text/html').buffer(true)
    expect([answer.status, answer.type]).toEqual([422, type])
    expect(textOf(answer)).toContain(says)
  })

  it('in no form that is accepted is refused', async () => {
    problemOf(await validate('', 'text/html'), 406, 'NOT_ACCEPTABLE')
    problemOf(await validate('?format=xml'), 400, 'PARAMETER_INVALID')
  })

  it('of a version, and a check, are written alike', async () => {
    await service.http.post('/v1/topologies/shop/versions').type('application/yaml').send(document)
    const stored = await service.http.post('/v1/topologies/shop/versions/1/validate?format=github').buffer(true)
    expect(textOf(stored)).toMatch(/^::error /)
    const check = await service.http
      .post('/v1/topologies/shop/check')
      .set('accept', 'text/markdown')
      .type('application/yaml')
      .send(document)
      .buffer(true)
    expect(textOf(check)).toMatch(/^## Sightline: PASS\n\n.*1 unchanged.*against `shop@1`/)
  })
})
