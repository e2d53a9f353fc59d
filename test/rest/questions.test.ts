import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProxyConfig } from '#engine/model/proxy-config'
import { fromWeb, twoClusters } from '../operations/two-clusters.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
const versions = '/v1/topologies/shop/versions'
const yaml = 'application/yaml'
const services = ['apple', 'banana', 'cart', 'date', 'elder']

beforeAll(async () => {
  service = await openService()
  await service.http
    .post(versions)
    .type(yaml)
    .send(Buffer.from(twoClusters({ east: services }).body))
  await service.http.post(versions).type(yaml).send(Buffer.from(twoClusters().body))
  await service.http.put('/v1/topologies/shop/tags/production').send({ version: 1 })
})
afterAll(() => service?.close())

const ask = async (question: string, body: object, ref = '1') => {
  const answer = await service.http.post(`${versions}/${ref}/${question}`).send(body)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

describe('reachability', () => {
  it('is answered with the verdict, its reason, and a step for every stage', async () => {
    const answer = await ask('reachability', { from: fromWeb, to: { host: 'cart', port: 80 } })
    expect(answer).toMatchObject({ verdict: 'REACHABLE', reason: 'DELIVERED' })
    expect(answer.steps[0]).toMatchObject({
      stage: 'NAME',
      outcome: 'PASSED',
      because: [{ cluster: 'west', kind: 'Service', namespace: 'shop', name: 'cart' }],
    })
  })

  it('of many calls is answered in their order, a call that cannot be asked about with its problem', async () => {
    const calls = [
      { from: fromWeb, to: { host: 'cart' } },
      { from: { ...fromWeb, workload: 'wen' }, to: { host: 'cart' } },
      { from: fromWeb, to: { host: 'nothing' } },
    ]
    const { answers } = await ask('reachability', { calls })
    expect(answers).toHaveLength(3)
    expect(answers[0]).toEqual(await ask('reachability', calls[0] as object))
    expect(answers[1]).toEqual({
      problem: {
        type: 'urn:sightline:problem:source-not-found',
        title: expect.any(String),
        status: 422,
        code: 'SOURCE_NOT_FOUND',
        detail: expect.stringContaining('wen'),
        suggestions: expect.arrayContaining(['web']),
      },
    })
    expect(answers[2]).toMatchObject({ verdict: 'UNREACHABLE', reason: 'NAME_NOT_RESOLVED' })
  })

  it('of a thousand calls is answered whole', async () => {
    const calls = Array.from({ length: 1_000 }, (_, index) => ({ from: fromWeb, to: { host: index % 2 === 0 ? 'cart' : `none-${index}` } }))
    const { answers } = await ask('reachability', { calls })
    expect(answers.map(({ verdict }: { readonly verdict: string }) => verdict)).toEqual(
      calls.map((_, index) => (index % 2 === 0 ? 'REACHABLE' : 'UNREACHABLE')),
    )
  })
})

describe('visibility', () => {
  it('is told in pages in the order of hosts, each from the cursor of the one before', async () => {
    const hosts: string[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const { services: seen, page } = await ask('visibility', { from: fromWeb, first: 2, after })
      hosts.push(...seen.map(({ host }: { readonly host: string }) => host))
      expect(page.hasMore).toBe(page.nextCursor !== null)
      after = page.nextCursor
    }
    expect(hosts).toEqual(services.map((name) => `${name}.shop.svc.cluster.local`))
  })

  it('loses nothing that is hidden: both lists go on until both are at their end', async () => {
    const item = (namespace: string, name: string, more: object = {}) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name, ...more },
      spec: { clusterIP: '10.0.0.1', selector: { app: name }, ports: [{ name: 'http', port: 80 }] },
    })
    const own = { annotations: { 'networking.istio.io/exportTo': '.' } }
    const [open, closed] = [
      ['a', 'b', 'c'],
      ['q', 'r', 's', 't', 'u', 'v', 'w'],
    ]
    const resources = [...open.map((name) => item('shop', name)), ...closed.map((name) => item('bank', name, own))]
    const pod = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app' }] } }
    const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'shop', name: 'web' }, spec: { template: pod } }
    const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } }
    const clusters = [{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources: [shop, web, ...resources] }]
    await service.http.post('/v1/topologies/narrow/versions').send({ apiVersion: 'sightline/v1', kind: 'Topology', clusters })
    const [seen, hidden, pages]: [string[], string[], number[][]] = [[], [], []]
    for (let after: string | null | undefined; after !== null; ) {
      const { status, body } = await service.http
        .post('/v1/topologies/narrow/versions/latest/visibility')
        .send({ from: { cluster: 'west', namespace: 'shop', workload: 'web' }, first: 2, after })
      expect(status, body.detail).toBe(200)
      const hosts = (list: readonly { readonly host: string }[]) => list.map(({ host }) => host.split('.')[0] ?? '')
      seen.push(...hosts(body.services))
      hidden.push(...hosts(body.hidden))
      pages.push([body.services.length, body.hidden.length])
      after = body.page.nextCursor
    }
    expect(seen).toEqual(open)
    expect(hidden).toEqual(closed)
    // Two of each at most, until both lists are told.
    expect(pages).toEqual([
      [2, 2],
      [1, 2],
      [0, 2],
      [0, 1],
    ])
  })

  it('is asked of the version that the reference means', async () => {
    const seenIn = async (ref: string) => (await ask('visibility', { from: fromWeb }, ref)).services.length
    expect([await seenIn('production'), await seenIn('1'), await seenIn('latest'), await seenIn('2')]).toEqual([5, 5, 1, 1])
  })

  it('of one host, with its endpoints', async () => {
    const { services: seen } = await ask('visibility', { from: fromWeb, host: 'cart', endpoints: true })
    expect(seen).toHaveLength(1)
    expect(seen[0].ports[0].subsets[0].endpoints.length).toBeGreaterThan(0)
  })
})

describe('trust', () => {
  it('of two identities under one control plane is mutual', async () => {
    const identity = { cluster: 'west', namespace: 'shop', serviceAccount: 'default' }
    const answer = await ask('trust', { client: identity, server: identity })
    expect(answer).toMatchObject({
      verdict: 'TRUSTED',
      clientAcceptsServer: { verdict: 'TRUSTED' },
      serverAcceptsClient: { verdict: 'TRUSTED' },
    })
  })
})

describe('validate', () => {
  const failing =
    'apiVersion: sightline/v1\nkind: Topology\nnetworks: [{ name: network1 }]\nclusters: [{ name: west, network: network2 }]\n'

  it('answers 200 whatever the report says, unless the status is to say it too', async () => {
    const validate = () => service.http.post('/v1/validate').type(yaml).send(failing)
    const lenient = await validate()
    expect({ status: lenient.status, verdict: lenient.body.verdict }).toEqual({ status: 200, verdict: 'FAIL' })
    expect(lenient.body.summary.error).toBe(1)
    const strict = await validate().query({ strictStatus: true })
    expect({ status: strict.status, type: strict.type, body: strict.body }).toEqual({
      status: 422,
      type: 'application/json',
      body: lenient.body,
    })
  })

  it('of a stored version says the same as of its document', async () => {
    await service.http.post('/v1/topologies/failing/versions').type(yaml).send(failing)
    const stored = await service.http.post('/v1/topologies/failing/versions/latest/validate')
    expect(stored.body).toEqual((await service.http.post('/v1/validate').type(yaml).send(failing)).body)
    expect((await service.http.post('/v1/topologies/failing/versions/1/validate?strictStatus=true')).status).toBe(422)
  })

  it('stores nothing', async () => {
    const { items } = (await service.http.get('/v1/topologies')).body
    await service.http.post('/v1/validate').type(yaml).send(failing)
    expect((await service.http.get('/v1/topologies')).body.items).toEqual(items)
  })

  it('cannot be done to what is no document', async () => {
    problemOf(await service.http.post('/v1/validate').type(yaml).send('hello'), 422, 'DOCUMENT_INVALID')
  })
})

describe('what proxies are given', () => {
  it('is told of one proxy, or of all of them under their control planes, complete', async () => {
    const one = await ask('proxy-config', { from: fromWeb })
    expect(one.answers).toMatchObject([{ controlPlane: 'west', proxies: [{ proxy: expect.stringContaining('west/shop/web') }] }])
    const answer = await service.http.post(`${versions}/1/proxy-config`).send({})
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.headers['content-length']).toBe(`${Buffer.byteLength(answer.text)}`)
    const planes = (answer.body as ProxyConfig).answers
    expect(planes.map(({ controlPlane }) => controlPlane)).toEqual(expect.arrayContaining(['west']))
    expect(planes.flatMap(({ proxies }) => proxies)).toEqual(expect.arrayContaining(one.answers[0].proxies))
    expect(await ask('proxy-config', { from: null })).toEqual(answer.body)
    expect((await service.http.post(`${versions}/1/proxy-config`)).body).toEqual(answer.body)
  })
})
