import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '#access/caller'
import { operator } from '#access/operator'
import { readContent } from '#operations/documents/read-content'
import type { Dependencies } from '#operations/dependencies'
import { askCalls } from '#operations/questions/ask-calls'
import { askReachability } from '#operations/questions/ask-reachability'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibility } from '#operations/questions/ask-visibility'
import { describeInventory } from '#operations/questions/describe-inventory'
import { listServices } from '#operations/questions/list-services'
import { listWorkloads } from '#operations/questions/list-workloads'
import { readTopology } from '#operations/topologies/read-topology'
import { putTopology } from '#operations/topologies/put-topology'
import { appendVersion } from '#operations/versions/append-version'
import { putTag } from '#operations/versions/put-tag'
import { readVersion } from '#operations/versions/read-version'
import { type OpenDependencies, openDependencies } from '../../operations/open-dependencies.js'
import { yaml } from '../../operations/two-clusters.js'

const app = (name: string, namespace: string): string => `
      - { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main, image: main }] } } } }`

const document = (tenants: string, more = '') =>
  yaml(`
apiVersion: sightline/v1
kind: Topology
tenants: ${tenants}
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: bank, labels: { istio-injection: enabled } } }
      - { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: keep-out, namespace: bank }, spec: { action: DENY, rules: [{}] } }${app('web', 'shop')}${app('ledger', 'bank')}${app('vault', 'bank')}${more}
`)

const shop = '[{ name: shop, kind: NAMESPACE, members: [shop] }]'
const withBank = '[{ name: shop, kind: NAMESPACE, members: [shop, bank] }]'

let opened: OpenDependencies
const as = (changed: Partial<Caller>): Dependencies => ({ ...opened, caller: { ...operator, id: 'token:t', ...changed } })
const tenant = (): Dependencies => as({ scopes: ['read'], tenants: ['shop'] })
const writer = (): Dependencies => as({ scopes: ['write'] })
const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
const outside = { cluster: null, kind: 'OUTSIDE_OF_VIEW', namespace: null, name: '', path: null, source: null }
const content = (topology: string, ref = 'latest') => readContent(tenant(), { topology, ref })

beforeAll(async () => {
  opened = await openDependencies()
  await appendVersion(opened, { topology: 'mesh', upload: document(shop), message: 'opens bank/ledger', author: 'ann of bank' })
})
afterAll(() => opened?.close())

describe('what a tenant’s reader is told', () => {
  it('of a call to others keeps the verdict, the stage and the code, and nothing that is theirs', async () => {
    const question = { from, to: { host: 'ledger.bank', port: 80 } }
    const whole = await askReachability(opened, (await readVersion(opened, { topology: 'mesh', ref: '1' })).content, question)
    const told = await askReachability(tenant(), await content('mesh'), question)
    expect(whole).toMatchObject({ verdict: 'UNREACHABLE', reason: 'DENIED' })
    expect(told).toMatchObject({ verdict: 'UNREACHABLE', reason: 'DENIED', remedies: [] })
    expect(told.summary).toBe('the call does not arrive: an authorization policy of the server denies the request (DENIED)')
    expect(told.steps.map(({ stage, outcome, reason }) => [stage, outcome, reason])).toEqual(
      whole.steps.map(({ stage, outcome, reason }) => [stage, outcome, reason]),
    )
    expect(told.steps.find(({ reason }) => reason === 'DENIED')?.because).toEqual([outside])
    expect(told.endpoints).toEqual([
      {
        address: null,
        port: null,
        cluster: null,
        network: null,
        workload: 'OUTSIDE_OF_VIEW',
        via: null,
        verdict: 'UNREACHABLE',
        reason: 'DENIED',
        steps: [],
        priority: null,
        share: 1,
      },
    ])
  })

  it('of a call to theirs, whoever calls, has their endpoints', async () => {
    const question = { from: { cluster: 'west', namespace: 'bank', workload: 'ledger' }, to: { host: 'web.shop', port: 80 } }
    const told = await askReachability(tenant(), await content('mesh'), question)
    expect(told).toMatchObject({ verdict: 'REACHABLE', endpoints: [{ workload: 'shop/web', cluster: 'west' }] })
    expect(JSON.stringify(told)).not.toContain('bank')
  })

  it('of a call among others is nothing, in the same words whether they exist or not', async () => {
    const version = await content('mesh')
    const refusal = (workload: string, host: string) =>
      askReachability(tenant(), version, { from: { cluster: 'west', namespace: 'bank', workload }, to: { host } }).catch(
        ({ code, message, details }: { code: string; message: string; details: object }) => ({ code, message, details }),
      )
    const there = await refusal('ledger', 'vault.bank')
    expect(there).toMatchObject({ code: 'FORBIDDEN', details: {} })
    expect(await refusal('nobody', 'nowhere.bank')).toEqual(there)
  })

  it('of a call among others is nothing, and the audit is told that they asked, once for each of many', async () => {
    const told: unknown[] = []
    const denied = (entry: unknown) => void told.push(entry)
    const asking = as({ scopes: ['read'], tenants: ['shop'], denied })
    const [version, bank] = [await content('mesh'), { cluster: 'west', namespace: 'bank', workload: 'ledger' }]
    const theirs = { from, to: { host: 'web.shop' } }
    const others = { from: bank, to: { host: 'vault.bank' } }
    await expect(askReachability(asking, version, others)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(askVisibility(asking, version, { from: bank })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await askCalls({ ...asking, answerLimit: 1_000_000 }, version, { calls: [theirs, others] })
    expect(told).toEqual(['askReachability', 'askVisibility', 'askCalls'].map((deed) => ({ deed, topology: 'mesh', code: 'FORBIDDEN' })))
  })

  it('of a source that is not there is what else is in their namespace', async () => {
    const ask = askReachability(tenant(), await content('mesh'), { from: { ...from, workload: 'wbe' }, to: { host: 'web' } })
    await expect(ask).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND', details: { suggestions: ['web'] } })
    const none = askReachability(tenant(), await content('mesh'), { from: { ...from, workload: 'ledger' }, to: { host: 'web' } })
    await none.catch((error: Error) => expect(JSON.stringify([error.message, error])).not.toMatch(/bank|vault/))
  })

  it('of trust has their side', async () => {
    const client = { cluster: 'west', namespace: 'shop', serviceAccount: 'default' }
    const bank = { cluster: 'west', namespace: 'bank', serviceAccount: 'default' }
    const told = await askTrust(tenant(), await content('mesh'), { client, server: bank })
    expect(told.verdict).toBe('TRUSTED')
    expect(JSON.stringify(told)).not.toContain('bank')
    await expect(askTrust(tenant(), await content('mesh'), { client: bank, server: bank })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('in lists is one entry for all others, in one page or in many', async () => {
    const version = await content('mesh')
    const seen = await askVisibility(tenant(), version, { from })
    expect(seen.services.map(({ host }) => host)).toEqual(['OUTSIDE_OF_VIEW', 'web.shop.svc.cluster.local'])
    const first = await askVisibility(tenant(), version, { from, first: 1 })
    const second = await askVisibility(tenant(), version, { from, first: 1, after: first.page.nextCursor })
    expect([...first.services, ...second.services]).toEqual(seen.services)
    expect(second.page.hasMore).toBe(false)
    const services = await listServices(tenant(), version, {})
    expect(services.items.map(({ host }) => host)).toEqual(['OUTSIDE_OF_VIEW', 'web.shop.svc.cluster.local'])
    const workloads = await listWorkloads(tenant(), version, {})
    expect(workloads.items.map(({ kind, name }) => [kind, name])).toEqual([
      ['OUTSIDE_OF_VIEW', ''],
      ['Deployment', 'web'],
    ])
    const { clusters, tenants } = await describeInventory(tenant(), version)
    expect(clusters).toMatchObject([{ name: 'west', namespaces: ['shop', 'OUTSIDE_OF_VIEW'], counts: [] }])
    expect(tenants).toEqual([{ name: 'shop', kind: 'NAMESPACE', members: ['shop'] }])
  })

  it('of versions and topologies is not what writers say of them', async () => {
    await putTopology(opened, 'mesh', { description: 'of bank and shop' })
    const { summary } = await readVersion(tenant(), { topology: 'mesh', ref: '1' })
    expect(summary).toMatchObject({ number: 1, message: null, author: null })
    expect(await readTopology(tenant(), 'mesh')).toMatchObject({ name: 'mesh', description: null })
  })

  it('is nothing where the document has no such tenant', async () => {
    const other = as({ scopes: ['read'], tenants: ['bank'] })
    const version = await readContent(other, { topology: 'mesh', ref: 'latest' })
    await expect(askVisibility(other, version, { from })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await listServices(other, version, {})).items.map(({ host }) => host)).toEqual(['OUTSIDE_OF_VIEW'])
  })
})

describe('whose members count', () => {
  const ledger = { cluster: 'west', namespace: 'bank', workload: 'ledger' }
  const sees = async (topology: string, ref = 'latest'): Promise<boolean> =>
    askVisibility(tenant(), await content(topology, ref), { from: ledger }).then(
      () => true,
      () => false,
    )

  it('is said by the newest version, of whichever is asked about, until the tag `access` points at one', async () => {
    await appendVersion(opened, { topology: 'moving', upload: document(shop) })
    await appendVersion(opened, { topology: 'moving', upload: document(withBank) })
    expect([await sees('moving', '1'), await sees('moving')]).toEqual([true, true])
    await expect(putTag(writer(), { topology: 'moving', ref: '1' }, 'access')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await putTag(opened, { topology: 'moving', ref: '1' }, 'access')
    expect([await sees('moving', '1'), await sees('moving')]).toEqual([false, false])
  })

  it('is changed by admins alone', async () => {
    await appendVersion(opened, { topology: 'kept', upload: document(shop) })
    for (const tenants of [withBank, '[]']) {
      const change = appendVersion(writer(), { topology: 'kept', upload: document(tenants) })
      await expect(change).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    await expect(appendVersion(writer(), { topology: 'new', upload: document(shop) })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const refused: unknown[] = []
    const told = { ...writer(), caller: { ...writer().caller, denied: (one: unknown) => refused.push(one) } }
    for (const dryRun of [false, true]) {
      const change = appendVersion(told, { topology: 'kept', upload: document(withBank), dryRun })
      await expect(change).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    const denied = { deed: 'appendVersion', topology: 'kept', code: 'FORBIDDEN' }
    expect(refused).toEqual([denied, denied])
    const same = await appendVersion(writer(), { topology: 'kept', upload: document(shop, app('cart', 'shop')) })
    expect(same.number).toBe(2)
    const without = await appendVersion(writer(), { topology: 'free', upload: document('[]') })
    expect(without.number).toBe(1)
    const admin = as({ scopes: ['write', 'admin'] })
    expect((await appendVersion(admin, { topology: 'kept', upload: document(withBank) })).number).toBe(3)
  })
})
