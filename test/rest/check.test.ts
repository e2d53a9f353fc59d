import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Check } from '#engine/model/check'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
beforeAll(async () => {
  service = await openService()
  await append(documentOf({ ranges: '10.1.0.0/16' }))
  await service.http.put('/v1/topologies/shop/tags/production').send({ version: 1 })
  await append(documentOf({}))
})
afterAll(async () => service.close())

/** Two clusters on one network; equal ranges of pods are an error (NET102). */
const documentOf = ({ ranges = '10.2.0.0/16', assertions = '[]' }: { readonly ranges?: string; readonly assertions?: string }) => `
apiVersion: sightline/v1
kind: Topology
networks: [{ name: n1 }]
assertions: ${assertions}
clusters:
  - name: west
    network: n1
    remoteSecrets: [east]
    podCidrs: [10.1.0.0/16]
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Pod, metadata: { name: client, namespace: shop }, spec: { containers: [{ name: app, image: app }] } }
  - name: east
    network: n1
    remoteSecrets: [west]
    podCidrs: [${ranges}]
    controlPlane: { role: PRIMARY }
`
const append = (document: string) => service.http.post('/v1/topologies/shop/versions').type('application/yaml').send(document)
const check = async (document: string, query = '') => {
  const { status, body } = await service.http.post(`/v1/topologies/shop/check${query}`).type('application/yaml').send(document)
  return { status, ...(body as Check) }
}
const of = ({ reasons }: Check) => reasons.map(({ effect, code, finding, assertion }) => [effect, code, finding?.code ?? assertion])
const from = '{ cluster: west, namespace: shop, workload: Pod/client }'

describe('a candidate', () => {
  it('without anything new may follow the newest version', async () => {
    expect(await check(documentOf({}))).toMatchObject({
      status: 200,
      verdict: 'PASS',
      reasons: [],
      against: { topology: 'shop', number: 2 },
    })
  })

  it('with an error that the version does not have may not, and one that it has is a row', async () => {
    const failed = await check(documentOf({ ranges: '10.1.0.0/16' }))
    expect([failed.status, failed.verdict, of(failed)]).toEqual([200, 'FAIL', [['FAIL', 'ERROR_NEW', 'NET102']]])
    expect(failed.report).toMatchObject({ verdict: 'FAIL', summary: { changes: { new: 1 } } })
    expect(failed.new.map(({ code }) => code)).toEqual(['NET102'])
    const unchanged = await check(documentOf({ ranges: '10.1.0.0/16' }), '?against=production')
    expect([unchanged.verdict, of(unchanged)]).toEqual(['PASS', [['PASS', 'ERROR_UNCHANGED', 'NET102']]])
    expect(unchanged.report.verdict).toBe('FAIL')
  })

  it('with an assertion that fails may not, with one that is not known to hold nobody knows, and one may fail until its day', async () => {
    const failing = `{ name: arrives, from: ${from}, to: { host: nobody.shop }, expect: REACHABLE }`
    const open = `{ name: open, from: ${from}, to: { host: nobody.shop }, expect: UNREACHABLE }`
    expect(of(await check(documentOf({ assertions: `[${failing}]` })))).toEqual([['FAIL', 'ASSERTION_FAILED', 'arrives']])
    expect(await check(documentOf({ assertions: `[${open}]` }))).toMatchObject({
      verdict: 'PASS',
      report: { assertions: [{ passed: true }] },
    })
    const later = failing.replace('}, expect', '}, until: 2999-01-01, expect')
    const expected = await check(documentOf({ assertions: `[${later}]` }))
    expect([expected.verdict, of(expected)]).toEqual(['PASS', [['PASS', 'ASSERTION_EXPECTED_TO_FAIL', 'arrives']]])
  })

  it('is UNDETERMINED where an assertion rests on what is not known', async () => {
    const unread = documentOf({
      assertions: `[{ name: open, from: ${from}, to: { host: cart.shop, port: 80 }, expect: REACHABLE }]`,
    }).replace('controlPlane: { role: PRIMARY }', 'controlPlane: { role: PRIMARY }\n    unread: [{ kind: Service, reason: forbidden }]')
    const answer = await check(unread)
    expect([answer.verdict, of(answer)]).toEqual(['UNDETERMINED', [['UNDETERMINED', 'ASSERTION_UNDETERMINED', 'open']]])
    expect((await check(unread, '?strictStatus=true')).status).toBe(422)
  })

  it('is held to assertions beside it, and needs a version to follow', async () => {
    const answer = await service.http
      .post('/v1/topologies/shop/check?strictStatus=true')
      .attach('document', Buffer.from(documentOf({})), 'topology.yaml')
      .attach('assertions', Buffer.from(`- { name: arrives, from: ${from}, to: { host: nobody.shop }, expect: REACHABLE }`), 'must.yaml')
    expect([answer.status, (answer.body as Check).verdict]).toEqual([422, 'FAIL'])
    problemOf(await service.http.post('/v1/topologies/none/check').type('application/yaml').send(documentOf({})), 404, 'TOPOLOGY_NOT_FOUND')
    problemOf(
      await service.http.post('/v1/topologies/shop/check?against=9').type('application/yaml').send(documentOf({})),
      404,
      'VERSION_NOT_FOUND',
    )
    expect((await service.http.get('/v1/topologies/shop')).body).toMatchObject({ head: 2 })
  })
})
