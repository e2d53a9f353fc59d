import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppendAnswer } from '#engine/model/stored/stored-version'
import type { Report } from '#engine/model/report'
import { type OpenService, openService } from '../rest/open-service.js'
import { call } from './call.js'
import { writeShop } from './shop.js'

const folder = writeShop()
let service: OpenService
let at: readonly string[]
beforeAll(async () => {
  service = await openService()
  at = ['--server', service.url]
})
afterAll(async () => {
  await service?.close()
  rmSync(folder, { recursive: true })
})

const json = <T>({ out }: { readonly out: string }): T => JSON.parse(out) as T
const push = async (path: string, topology: string, ...more: readonly string[]) =>
  call(['push', path, '--topology', topology, ...at, ...more])

describe('a push', () => {
  it('says of assertions that do not hold that they do not, and with --require-pass stores nothing then', async () => {
    const failing = mkdtempSync(join(tmpdir(), 'push-failing-'))
    const pod = '{ apiVersion: v1, kind: Pod, metadata: { name: client, namespace: shop }, spec: { containers: [] } }'
    const clusters = `clusters: [{ name: west, controlPlane: { role: PRIMARY }, resources: [${pod}] }]`
    const assertion = '{ name: it is there, from: { namespace: shop }, to: { host: nobody.shop }, expect: REACHABLE }'
    writeFileSync(join(failing, 'topology.yaml'), `apiVersion: sightline/v1\nkind: Topology\n${clusters}\nassertions:\n  - ${assertion}\n`)
    const refused = await push(failing, 'asserted', '--require-pass')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('`it is there` does not hold')
    expect((await push(failing, 'asserted', '--require-pass', '--dry-run')).code).toBe(1)
    expect((await service.http.get('/v1/topologies/asserted')).status).toBe(404)
    const { warnings } = json<AppendAnswer>(await push(failing, 'asserted', '--format', 'json'))
    const resource = { cluster: null, kind: 'Assertion', namespace: null, name: 'it is there' }
    expect(warnings).toMatchObject([
      { code: 'ASSERTION_FAILED', severity: 'WARNING', resource, source: { file: 'topology.yaml', line: 5 } },
    ])
    rmSync(failing, { recursive: true })
  })
})

describe('a version', () => {
  it('is the baseline for files that are validated here, and for other versions there', async () => {
    await push('test/golden/scenarios/one-way-remote-secret', 'base')
    const files = ['validate', 'test/golden/scenarios/one-way-remote-secret']
    expect(json<Report>(await call([...files, '--baseline', 'base@1', ...at, '--format', 'json'])).summary.changes).toEqual({
      new: 0,
      unchanged: 1,
      fixed: 0,
    })
    await push(folder, 'base')
    const stored = json<Report>(await call(['validate', 'base', '--baseline', 'base@1', ...at, '--format', 'json']))
    expect(stored.fixed).toMatchObject([{ code: 'CTL101' }])
    const { body } = await service.http.post('/v1/topologies/base/versions/latest/validate?baseline=1')
    expect(body).toMatchObject({ summary: { changes: { fixed: 1 } } })
    const strict = await service.http.post('/v1/topologies/base/versions/1/validate?strictStatus=true&failOn=warning')
    expect([strict.status, (strict.body as Report).verdict]).toEqual([422, 'WARN'])
    expect((await service.http.post('/v1/topologies/base/versions/1/validate?strictStatus=true&failOn=new-error&baseline=1')).status).toBe(
      200,
    )
    for (const query of ['failOn=warning', 'strictStatus=true&failOn=new-error', 'baseline=NO@1']) {
      expect((await service.http.post(`/v1/topologies/base/versions/1/validate?${query}`)).status, query).toBe(400)
    }
    const document = readFileSync('test/golden/scenarios/one-way-remote-secret/topology.yaml', 'utf8')
    const sent = (query: string) => service.http.post(`/v1/validate?${query}`).type('application/yaml').send(document)
    expect((await sent('baseline=base@1')).body).toMatchObject({ findings: [{ code: 'CTL101', change: 'UNCHANGED' }] })
    expect((await sent('baseline=1')).status).toBe(400)
    expect((await sent('baseline=base@77')).status).toBe(404)
  })
})

describe('a version that is asked about with assertions beside it', () => {
  it('is held to them by the server', async () => {
    await push(folder, 'beside')
    const must = join(folder, 'beside.yaml')
    writeFileSync(must, '- { name: it is seen, from: "*", to: { host: nobody.shop }, visible: true }\n')
    const { code, out } = await call(['validate', 'beside', '--assert', must, ...at])
    expect([code, out.includes('FAILED  it is seen')]).toEqual([1, true])
    writeFileSync(must, '- { name: it is seen, form: "*" }\n')
    const refused = await call(['validate', 'beside', '--assert', must, ...at])
    expect([refused.code, refused.err.includes('form')]).toEqual([2, true])
    rmSync(must)
  })
})

describe('check', () => {
  it('ends with 0 for PASS and with 1 else, with every reason, and shows no secret to the server', async () => {
    await push(folder, 'gated')
    const same = await call(['check', folder, '--against', 'gated', ...at])
    expect([same.code, same.out.split('\n')[0]]).toEqual([0, 'PASS  against gated@1'])
    const must = join(folder, 'must.yaml')
    writeFileSync(must, '- { name: it is seen, from: "*", to: { host: nobody.shop }, visible: true }\n')
    const failing = await call(['check', folder, '--against', 'gated@1', '--assert', must, ...at])
    expect(failing.code).toBe(1)
    expect(failing.out).toMatch(/^FAIL {2}against gated@1\n\nreasons\n {2}FAIL {2}ASSERTION_FAILED {2}it is seen/)
    rmSync(must)
  })

  it('counts what is broken here, although that is not sent', async () => {
    const objects = mkdtempSync(join(tmpdir(), 'check-broken-'))
    writeFileSync(join(objects, 'a.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n')
    expect((await push(objects, 'whole', '--cluster', 'west')).code).toBe(0)
    writeFileSync(join(objects, 'b.yaml'), 'apiVersion: v1\nkind: Service\nmetadata: { name: [\n')
    const { code, out } = await call(['check', objects, '--cluster', 'west', '--against', 'whole', ...at, '--format', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ verdict: 'FAIL', reasons: [{ code: 'ERROR_NEW', finding: { code: 'OBJECT_BROKEN' } }] })
    rmSync(objects, { recursive: true })
  })

  it('needs a version to follow', async () => {
    expect((await call(['check', folder, ...at])).err).toContain('`--against` is missing')
    expect((await call(['check', folder, '--against', 'nobody', ...at])).code).toBe(2)
  })
})
