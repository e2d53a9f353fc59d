import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operation } from '#engine/model/operation'
import { call } from '../cli/call.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

const named = (kind: string, namespace: string, name: string, apiVersion: string, spec: string): string =>
  `      - { apiVersion: ${apiVersion}, kind: ${kind}, metadata: { namespace: ${namespace}, name: ${name} }, spec: ${spec} }`
const deployment = (namespace: string, name: string): string =>
  named(
    'Deployment',
    namespace,
    name,
    'apps/v1',
    `{ selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: app, image: app }] } } }`,
  )
const service = (namespace: string, name: string): string =>
  named('Service', namespace, name, 'v1', `{ selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }`)

/** Two teams in one cluster: the shop lets in its own client alone, the bank everybody. */
const document = `apiVersion: sightline/v1
kind: Topology
tenants:
  - { name: shop, kind: NAMESPACE, members: [shop] }
  - { name: bank, kind: NAMESPACE, members: [bank] }
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
${['shop', 'bank'].map((name) => `      - { apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: { istio-injection: enabled } } }`).join('\n')}
${[deployment('shop', 'client'), deployment('shop', 'web'), service('shop', 'web'), deployment('bank', 'ledger'), service('bank', 'ledger')].join('\n')}
${named('AuthorizationPolicy', 'shop', 'own', 'security.istio.io/v1', '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/client] } }] }] }')}
`

const folder = mkdtempSync(join(tmpdir(), 'sightline-groups-'))
let opened: OpenService
beforeAll(async () => {
  opened = await openService()
  writeFileSync(join(folder, 'topology.yaml'), document)
  await opened.http.post('/v1/topologies/teams/versions').type('application/yaml').send(document)
})
afterAll(async () => {
  await opened?.close()
  rmSync(folder, { recursive: true, force: true })
})

const address = '/v1/topologies/teams/versions/latest'
const rest = async (question: string, body: object) => {
  const { status, body: answer, text } = await opened.http.post(`${address}/${question}`).send(body)
  expect(status, text).toBe(200)
  return answer
}

const conditions = 'code on message help because { kind name }'
const row = `group { kind cluster namespace name } peer { kind cluster namespace name } port count examples verdict reason help conditions { ${conditions} } because { cluster kind namespace name path source { file line } } trace { from { outside cluster namespace workload gateway } to { host port } }`
const calls = `nodes { ${row} } edges { cursor } pageInfo { hasNextPage endCursor } isolation totals { verdict reason count } assumptions { code message general help because { cluster kind namespace name path source { file line } } }`

const graphql = async (field: string) => {
  const query = `{ topology(name: "teams") { version { answer: ${field} } } }`
  const { body } = await opened.http.post('/graphql').send({ query })
  expect(body.errors).toBeUndefined()
  return body.data.topology.version.answer
}

/** Each door on its own, and one answer. */
async function throughEveryDoor(question: string, body: object, field: string, words: readonly string[]) {
  const [asked, over, { out }] = await Promise.all([
    rest(question, { ...body, first: 100 }),
    graphql(`${field.replace(/\)$/, ', first: 100)')} { ${calls} }`),
    call([question, folder, ...words, '--format', 'json']),
  ])
  const { rows, totals, assumptions } = asked
  expect({ rows: over.nodes, totals: over.totals, isolation: over.isolation }).toEqual({ rows, totals, isolation: asked.verdict ?? null })
  expect(over.assumptions).toEqual(assumptions)
  // Files are told of what is read here, and of what was stored by its name.
  const plain = (text: string): unknown => JSON.parse(text.replaceAll(/"file":\s*"[^"]*"/g, '"file":null'))
  expect(plain(out)).toEqual(plain(JSON.stringify(asked)))
  return asked
}

const ends = ({ rows }: { readonly rows: readonly { readonly group: { readonly name: string }; readonly verdict: string }[] }) =>
  rows.map(({ group, verdict }) => `${group.name} ${verdict}`)

describe('the question turned round, through every door', () => {
  it('callers: who can call a service, and who cannot (AUTHZ-6)', async () => {
    const answer = await throughEveryDoor(
      'callers',
      { of: { host: 'web.shop' }, by: 'WORKLOAD' },
      'callers(of: { host: "web.shop" }, by: WORKLOAD)',
      ['--of', 'web.shop', '--by', 'WORKLOAD'],
    )
    expect(ends(answer)).toEqual(['client REACHABLE', 'outside UNREACHABLE', 'ledger UNREACHABLE', 'web UNREACHABLE'])
  })

  it('reach: whom a workload can call', async () => {
    const answer = await throughEveryDoor(
      'reach',
      { of: { cluster: 'west', namespace: 'bank', workload: 'ledger' } },
      'reach(of: { cluster: "west", namespace: "bank", workload: "ledger" })',
      ['--of', 'west/bank/ledger'],
    )
    expect(ends(answer)).toEqual(['ledger.bank.svc.cluster.local REACHABLE', 'web.shop.svc.cluster.local UNREACHABLE'])
  })

  it('isolation: broken by the calls that come first, and held where there are none', async () => {
    const between = [{ tenant: 'shop' }, { tenant: 'bank' }]
    const answer = await throughEveryDoor('isolation', { between }, 'isolation(between: [{ tenant: "shop" }, { tenant: "bank" }])', [
      '--between',
      'tenant:shop',
      '--between',
      'tenant:bank',
    ])
    expect([answer.verdict, ...ends(answer)]).toEqual(['BROKEN', 'shop REACHABLE', 'bank UNREACHABLE'])
    const held = await rest('isolation', { between: [{ host: 'web.shop' }, { host: 'ledger.bank' }], port: 81 })
    expect([held.verdict, held.rows]).toEqual(['HOLDS', []])
  })

  it('effective policy: what is in force, and what is not', async () => {
    const of = { namespace: 'shop', workload: 'web' }
    const asked = await rest('effective-policy', { of })
    const fields = 'workload port host concern state message resource { cluster kind namespace name path source { file line } } by { name }'
    const over = await graphql(`effectivePolicy(of: { namespace: "shop", workload: "web" }) { nodes { ${fields} } }`)
    expect(over.nodes).toEqual(asked.rows)
    const { out, code } = await call(['effective-policy', folder, '--of', 'west/shop/web', '--format', 'json'])
    expect(JSON.parse(out).rows.map(({ message }: { message: string }) => message)).toEqual(
      asked.rows.map(({ message }: { message: string }) => message),
    )
    expect(code).toBe(0)
    expect(asked.rows.map(({ port, concern, state }: Record<string, unknown>) => [port, concern, state])).toEqual([
      [80, 'MUTUAL_TLS', 'IN_FORCE'],
      [80, 'AUTHORIZATION', 'IN_FORCE'],
    ])
  })

  it('the trace of a row is one call away: what it names is a question, whose answer is the row’s', async () => {
    const { rows } = await rest('callers', { of: { host: 'web.shop' }, by: 'WORKLOAD' })
    for (const { trace, verdict, reason } of rows) {
      expect(await rest('reachability', trace)).toMatchObject({ verdict, reason })
    }
  })

  it('comes in pages, over GraphQL by the cursor of any row', async () => {
    const all = await rest('callers', { of: { host: 'web.shop' }, by: 'WORKLOAD' })
    const first = await rest('callers', { of: { host: 'web.shop' }, by: 'WORKLOAD', first: 3 })
    const { edges } = await graphql('callers(of: { host: "web.shop" }, by: WORKLOAD, first: 3) { edges { cursor } }')
    expect(edges[2].cursor).toBe(first.page.nextCursor)
    const after = await graphql(`callers(of: { host: "web.shop" }, by: WORKLOAD, after: "${edges[0].cursor}") { nodes { group { name } } }`)
    expect(after.nodes.map(({ group }: { group: { name: string } }) => group.name)).toEqual(
      all.rows.slice(1).map(({ group }: { group: { name: string } }) => group.name),
    )
    problemOf(await opened.http.post(`${address}/callers`).send({ of: { host: 'web.shop' }, after: 'bm8' }), 400, 'CURSOR_INVALID')
  })

  it('may be asked for later: its progress is told, and it comes to the same answer', async () => {
    const body = { between: [{ namespace: 'shop' }, { namespace: 'bank' }] }
    const begun = await opened.http.post(`${address}/isolation`).set('prefer', 'respond-async').send(body)
    expect(begun.status).toBe(202)
    const location = String(begun.headers['location'])
    const operation = async (): Promise<Operation> => (await opened.http.get(location)).body as Operation
    await expect.poll(async () => (await operation()).status).toBe('DONE')
    const { kind, result, progress } = await operation()
    expect([kind, result, progress.total > 0]).toEqual(['ISOLATION', await rest('isolation', body), true])
  })

  it('ends on the command line with 0 where it is answered or isolation holds, and with 1 where it does not', async () => {
    const codes = await Promise.all([
      call(['callers', folder, '--of', 'web.shop:80']),
      call(['reach', folder, '--of', 'outside']),
      call(['isolation', folder, '--between', 'namespace:shop', '--between', 'namespace:bank']),
      call(['isolation', folder, '--between', 'namespace:shop', '--between', 'namespace:bank', '--port', '81']),
      call(['callers', folder, '--of', 'wbe.shop']),
      call(['isolation', folder, '--between', 'namespace:shop']),
    ])
    expect(codes.map(({ code }) => code)).toEqual([0, 0, 1, 0, 2, 2])
  })

  it('of two things at once, of nobody, or of a third one is a problem', async () => {
    const post = (question: string, body: object) => opened.http.post(`${address}/${question}`).send(body)
    problemOf(await post('callers', { of: { outside: true, host: 'web' } }), 400, 'PARAMETER_INVALID')
    problemOf(await post('callers', { of: {} }), 422, 'SOURCE_INVALID')
    problemOf(await post('callers', { of: { outside: true } }), 422, 'SOURCE_INVALID')
    problemOf(await post('reach', { of: { tenant: 'nobody' } }), 422, 'SOURCE_NOT_FOUND')
    problemOf(await post('isolation', { between: [{ namespace: 'shop' }] }), 400, 'PARAMETER_INVALID')
  })
})
