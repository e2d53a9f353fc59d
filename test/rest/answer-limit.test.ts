import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromWeb, twoClusters } from '../operations/two-clusters.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

describe('an answer that is larger than the limit', () => {
  const open: OpenService[] = []
  const withLimit = async (ANSWER_LIMIT: string): Promise<OpenService> => {
    const service = await openService({ ANSWER_LIMIT })
    open.push(service)
    const { body, mediaType } = twoClusters({ east: ['cart', 'rating', 'zoo'] })
    await service.http.post('/v1/topologies/shop/versions').set('content-type', mediaType).send(Buffer.from(body))
    return service
  }
  let small: OpenService
  beforeAll(async () => {
    small = await withLimit('1024')
  })
  afterAll(() => Promise.all(open.map((service) => service.close())))

  const call = { from: fromWeb, to: { host: 'cart', port: 80 } }
  const ask = (service: OpenService, route: string, body: object) => service.http.post(`/v1/topologies/shop/versions/1/${route}`).send(body)

  it.each([
    ['reachability', call, 'name one workload as the source and one port'],
    ['reachability', { calls: [call, { ...call, to: { host: 'nothing' } }] }, 'ask about fewer calls at once'],
    ['visibility', { from: fromWeb, endpoints: true }, '`first`'],
    ['proxy-config', {}, 'give `from`'],
  ])('is refused with what to narrow (%s)', async (route, body, narrow) => {
    const { detail } = problemOf(await ask(small, route, body), 422, 'ANSWER_TOO_LARGE')
    expect(detail).toContain('more than 1 KiB')
    expect(detail).toContain(narrow)
  })

  it('is refused by GraphQL with the same code, its siblings answered', async () => {
    const query = `{ topology(name: "shop") { name version { number
      reachability(from: { cluster: "west", namespace: "shop", workload: "web" }, to: { host: "cart", port: 80 }) { verdict endpoints { address steps { message because { name } } } steps { message stage because { kind name } } } } } }`
    const { body } = await small.http.post('/graphql').send({ query })
    expect(body.data.topology).toMatchObject({ name: 'shop', version: { number: 1, reachability: null } })
    expect(body.errors).toMatchObject([{ extensions: { code: 'ANSWER_TOO_LARGE' }, message: expect.stringContaining('1 KiB') }])
  })

  it('does not bound documents, which are streamed', async () => {
    const document = await small.http.get('/v1/topologies/shop/versions/1/document')
    expect([document.status, document.text.length > 1024]).toEqual([200, true])
  })

  it('is given whole where the limit lets it, with its length', async () => {
    const large = await withLimit('1MiB')
    const answer = await ask(large, 'proxy-config', {})
    expect(answer.body.answers.length).toBeGreaterThan(0)
    expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.text))
  })
})
