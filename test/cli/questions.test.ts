import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ProxyConfig } from '#engine/model/proxy-config'
import type { Report } from '#engine/model/report'
import type { ServiceVisibility } from '#engine/model/visibility'
import { call } from './call.js'
import { writeShop } from './shop.js'

const folder = writeShop()
afterAll(() => rmSync(folder, { recursive: true }))
const from = ['--from', 'west/shop/client']

describe('a question about files', () => {
  it('whose answer is REACHABLE ends with 0, and tells the verdict first', async () => {
    const { code, out, err } = await call(['trace', folder, ...from, '--to', 'reviews:9080'])
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n')[0]).toMatch(/^REACHABLE {2}`shop\/client` can reach `reviews:9080`/)
    expect(out).toMatch(/^ {2}pod:west\/shop\/reviews:9080 {2}west {5}direct {2}100% {3}REACHABLE {2}DELIVERED$/m)
  })

  it('whose answer is UNREACHABLE ends with 1, and names the object that decided with file and line (EDS-26)', async () => {
    const { code, out, err } = await call(['trace', folder, ...from, '--to', 'empty'])
    expect([code, err]).toEqual([1, ''])
    const [, below] = out.split('DISCOVERY  STOPPED  NO_ENDPOINTS\n')
    expect(below?.split('\n').slice(0, 2)).toContain('      Service shop/empty at spec.selector (topology.yaml:17)')
  })

  it('whose answer is UNDETERMINED ends with 1 as well', async () => {
    const { code, out } = await call(['trace', folder, ...from, '--to', 'nothing.example', '--format', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ verdict: 'UNDETERMINED', endpoints: [] })
  })

  it('lists what is seen and, with its reason, what is not (VIS-1)', async () => {
    const { code, out } = await call(['visible', folder, ...from])
    expect(code).toBe(0)
    expect(out).toBe(
      [
        'VISIBLE  2 services are seen, 1 hidden',
        '',
        'seen',
        '  empty.shop.svc.cluster.local    80/HTTP(http)    auto  Service topology.yaml:17',
        '  reviews.shop.svc.cluster.local  9080/HTTP(http)  auto  Service topology.yaml:16',
        '',
        'hidden',
        '  private.example  NOT_EXPORTED',
        '      `private.example` is exported only to `other`, not to `shop`',
        '      ServiceEntry west/other/private at spec.exportTo (topology.yaml:21)',
        '',
      ].join('\n'),
    )
  })

  it('about one hidden service ends with 1', async () => {
    const { code, out } = await call(['visible', folder, ...from, '--host', 'private.example'])
    expect(code).toBe(1)
    expect(out).toMatch(/^NOT VISIBLE {2}0 services are seen, 1 hidden\n/)
  })

  it.each(['outsid', 'west/clients', 'nons'])('of a namespace that is not there ends with 2, and names near ones: %s', async (source) => {
    const { code, out, err } = await call(['trace', folder, '--from', source, '--to', 'reviews.shop:9080'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('there is no namespace')
  })

  it('about a name of a cluster that the control plane does not read says which one (EDS-1)', async () => {
    const { code, out } = await call(['visible', 'examples/two-meshes-without-trust', ...from, '--host', 'ratings.shop'])
    expect(code).toBe(1)
    expect(out).toContain('ratings.shop  CLUSTER_NOT_READ')
    expect(out).toContain('Service `shop/ratings` is in cluster `east` only, which control plane `west` does not read')
  })

  it('pages where that is asked for', async () => {
    const first = await call(['visible', folder, ...from, '--first', '1', '--format', 'json'])
    const { services, page } = JSON.parse(first.out) as ServiceVisibility
    expect(services.map(({ host }) => host)).toEqual(['empty.shop.svc.cluster.local'])
    const second = await call(['visible', folder, ...from, '--after', page.nextCursor ?? '', '--format', 'json'])
    expect((JSON.parse(second.out) as ServiceVisibility).services.map(({ host }) => host)).toEqual(['reviews.shop.svc.cluster.local'])
    expect((await call(['visible', folder, ...from, '--first', '101'])).code).toBe(2)
    expect((await call(['visible', folder, ...from, '--after', 'nowhere'])).code).toBe(2)
  })

  it('about trust ends with 0 for TRUSTED: one control plane signs both (TRUST-1)', async () => {
    const { code, out } = await call(['trust', folder, '--client', 'west/shop/client', '--server', 'west/shop/reviews'])
    expect(code).toBe(0)
    expect(out).toMatch(/^TRUSTED {2}/)
    expect(out).toMatch(/^the server makes of the client: TRUSTED$/m)
  })

  it('about trust across unrelated roots ends with 1 (TRUST-1)', async () => {
    const identities = ['--client', 'west/shop/client', '--server', 'east/bank/payments']
    const { code, out } = await call(['trust', 'examples/two-meshes-without-trust', ...identities, '--format', 'json'])
    expect([code, (JSON.parse(out) as { verdict: string }).verdict]).toEqual([1, 'NOT_TRUSTED'])
  })
})

describe('what proxies are given', () => {
  it('ends with 0, and tells of one proxy or of all', async () => {
    const one = await call(['proxy-config', folder, ...from, '--format', 'json'])
    expect([one.code, one.err]).toEqual([0, ''])
    const { answers } = JSON.parse(one.out) as ProxyConfig
    expect(answers.map(({ controlPlane, proxies }) => [controlPlane, proxies.map(({ proxy }) => proxy)])).toEqual([
      ['west', [expect.stringContaining('west/shop/client')]],
    ])
    const all = JSON.parse((await call(['proxy-config', folder, '--format', 'json'])).out) as ProxyConfig
    expect(all.answers.flatMap(({ proxies }) => proxies).length).toBeGreaterThan(1)
  })

  it('of a source that does not exist ends with 2, and names near ones', async () => {
    const { code, out, err } = await call(['proxy-config', folder, '--from', 'west/shop/clinet'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('client')
  })

  it('is not narrowed down by what narrows down a source that is missing', async () => {
    const { code, err } = await call(['proxy-config', folder, '--label', 'app=client'])
    expect(code).toBe(2)
    expect(err).toContain('`--from` is missing')
  })
})

describe('a report on files', () => {
  it('ends with 0 for PASS, and never shows the secret whose removal it reports', async () => {
    const { code, out } = await call(['validate', folder, '--fail-on', 'warning'])
    expect(code).toBe(0)
    expect(out).toMatch(/^PASS {2}0 errors, 0 warnings, 1 remark\n/)
    expect(out).toContain('Secret west/shop/login at stringData.password (topology.yaml:22)')
    expect(out).not.toContain('kept-by-nobody')
  })

  it('ends with 0 for WARN, with 1 where warnings are to fail', async () => {
    const path = 'test/golden/scenarios/one-way-remote-secret'
    const report = JSON.parse((await call(['validate', path, '--format', 'json'])).out) as Report
    expect(report.verdict).toBe('WARN')
    expect((await call(['validate', path])).code).toBe(0)
    expect((await call(['validate', path, '--fail-on', 'warning'])).code).toBe(1)
  })

  it('is held to assertions in a file of their own, which may be a list or the part of a document', async () => {
    const file = join(folder, 'must.yaml')
    const from = '{ cluster: west, namespace: shop, workload: client }'
    writeFileSync(file, `- { name: it is hidden, from: ${from}, to: { host: reviews }, visible: false }\n`)
    const failing = await call(['validate', folder, '--assert', file])
    expect(failing.code).toBe(1)
    expect(failing.out).toMatch(
      /^ {2}FAILED {2}it is hidden +does not hold\n {6}written at .*must\.yaml:1\n {6}`reviews` is visible to the caller$/m,
    )
    writeFileSync(file, `assertions: [{ name: it is seen, from: ${from}, to: { host: reviews }, visible: true }]\n`)
    expect((await call(['validate', folder, '--assert', file])).code).toBe(0)
    writeFileSync(file, '- { name: nothing, from: "*", to: "*" }\n')
    const refused = await call(['validate', folder, '--assert', file])
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain('the assertion expects nothing')
    expect(refused.err).toContain('must.yaml:1')
    expect((await call(['validate', folder, '--assert', join(folder, 'none.yaml')])).code).toBe(2)
    rmSync(file)
  })

  it('ends with 1 for FAIL, also when an assertion does not hold', async () => {
    const failing = writeShop()
    const file = join(failing, 'topology.yaml')
    const assertion = `assertions:
  - { name: nobody asks, from: { cluster: west, namespace: shop, workload: client }, to: { host: empty, port: 80 }, expect: REACHABLE }
  - { name: nobody answers, from: { cluster: west, namespace: shop, workload: Pod/asker }, to: { host: empty, port: 80 }, expect: REACHABLE }
  - { name: all is well, from: { cluster: west, namespace: shop }, to: { host: empty, port: 80 }, expect: UNREACHABLE }`
    writeFileSync(
      file,
      `apiVersion: sightline/v1\nkind: Topology\n${assertion}\nclusters: [{ name: west, controlPlane: { role: PRIMARY }, resources: [{ apiVersion: v1, kind: Pod, metadata: { name: asker, namespace: shop }, spec: { containers: [] } }, { apiVersion: v1, kind: Service, metadata: { name: empty, namespace: shop }, spec: { selector: { app: x }, ports: [{ port: 80 }] } }] }]\n`,
    )
    const { code, out } = await call(['validate', failing])
    rmSync(failing, { recursive: true })
    expect(code).toBe(1)
    expect(out).toMatch(/^FAIL/)
    expect(out).toMatch(
      /^ {2}FAILED {2}nobody asks +expected REACHABLE, cannot be asked\n {6}written at topology\.yaml:4\n {6}there is no workload `client` in `west\/shop`$/m,
    )
    expect(out).toMatch(/^ {2}FAILED {2}nobody answers +expected REACHABLE, is UNREACHABLE\n {6}\S+/m)
    expect(out).toMatch(/^ {2}PASSED {2}all is well +UNREACHABLE$/m)
  })
})

describe('a report against a baseline', () => {
  const path = 'test/golden/scenarios/one-way-remote-secret'
  const saved = join(folder, 'report.json')

  it('says what is new and what is fixed, and fails on new errors alone where that is asked for', async () => {
    writeFileSync(saved, (await call(['validate', path, '--format', 'json'])).out)
    const same = await call(['validate', path, '--baseline', saved, '--fail-on', 'new-error'])
    expect(same.code).toBe(0)
    expect(same.out).toMatch(/^WARN {2}.*, 0 new, 0 fixed$/m)
    const other = JSON.parse((await call(['validate', folder, '--baseline', saved, '--format', 'json'])).out) as Report
    expect(other.fixed).toMatchObject([{ code: 'CTL101' }])
    expect(other.findings.every(({ change }) => change === 'NEW')).toBe(true)
    expect((await call(['validate', path, '--fail-on', 'never'])).code).toBe(0)
  })

  it.each([
    ['no JSON', 'x', 'is not JSON'],
    ['no report', '{}', 'is no report with fingerprints'],
  ])('that is %s is refused', async (_what, text, says) => {
    writeFileSync(saved, text)
    const { code, err } = await call(['validate', path, '--baseline', saved])
    expect([code, err.includes(says)]).toEqual([2, true])
  })

  it('needs one to know what is new, and a server for a version', async () => {
    expect(await call(['validate', path, '--fail-on', 'new-error'])).toMatchObject({ code: 2, out: '' })
    expect((await call(['validate', path, '--baseline', 'shop@1'])).err).toContain('`--server` says which')
  })
})
