import { roomOf } from '#engine/model/answer-too-large'
import type { Report } from '#engine/model/report'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendVersion } from '#operations/versions/append-version'
import { askHidden } from '#operations/questions/ask-hidden'
import { askReachability } from '#operations/questions/ask-reachability'
import { askCalls, type WrittenCall } from '#operations/questions/ask-calls'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibility } from '#operations/questions/ask-visibility'
import { describeDeployment } from '#operations/questions/describe-deployment'
import { describeInventory } from '#operations/questions/describe-inventory'
import { listFindings } from '#operations/questions/list-findings'
import { listServices } from '#operations/questions/list-services'
import { listTopologies } from '#operations/topologies/list-topologies'
import { listVersions } from '#operations/versions/list-versions'
import { listWorkloads } from '#operations/questions/list-workloads'
import { openDocument } from '#operations/documents/open-document'
import type { Listed, PageInput } from '#operations/page'
import { putTag } from '#operations/versions/put-tag'
import { putTopology } from '#operations/topologies/put-topology'
import { readContent } from '#operations/documents/read-content'
import { readDocument } from '#operations/documents/read-document'
import { readTopology } from '#operations/topologies/read-topology'
import { readVersion } from '#operations/versions/read-version'
import { reportVersion } from '#operations/documents/report-version'
import { validateDocument } from '#operations/documents/validate-document'
import { visibleCursor } from '#operations/questions/visible-cursor'
import type { Reachability } from '#engine/model/reachability'
import { readWritten } from '#engine/model/written'
import { type OpenDependencies, openDependencies } from './open-dependencies.js'
import { textOf } from './text-of.js'
import { fromWeb, twoClusters, yaml } from './two-clusters.js'

let dependencies: OpenDependencies
beforeAll(async () => {
  dependencies = await openDependencies()
  for (const topology of ['shop', 'alpha', 'beta']) {
    await appendVersion(dependencies, { topology, upload: twoClusters({ east: ['cart', 'rating', 'zoo'] }) })
  }
  await appendVersion(dependencies, { topology: 'shop', upload: twoClusters({ east: ['cart', 'rating'] }) })
  await appendVersion(dependencies, { topology: 'shop', upload: twoClusters({ east: ['cart'] }), message: 'third' })
})
afterAll(() => dependencies?.close())

/** Whose answers are passed on as JSON. */
const inWords = () => ({ ...dependencies, answerLimit: 1024 ** 2 })
const readCall = (answer: WrittenCall) => ('value' in answer ? (readWritten(answer.value) as Reachability) : answer)

const shop = { topology: 'shop', ref: '1' }

/** Every key of a list, read in pages of one, each from the cursor of the item before. */
async function walk<T>(list: (page: PageInput) => Promise<Listed<T>>): Promise<readonly T[]> {
  const items: T[] = []
  let after: string | undefined
  do {
    const { items: found, cursors, page } = await list({ first: 1, after })
    items.push(...found)
    expect(page.nextCursor).toBe(page.hasMore ? cursors[0] : null)
    after = page.nextCursor ?? undefined
  } while (after !== undefined)
  return items
}

describe('finding what is stored', () => {
  it('finds a version by number, latest, tag and content hash', async () => {
    await putTag(dependencies, { topology: 'shop', ref: '2' }, 'production')
    const { summary } = await readVersion(dependencies, { topology: 'shop', ref: 'production' })
    expect(summary).toMatchObject({ number: 2, tags: ['production'] })
    const byHash = await readVersion(dependencies, { topology: 'shop', ref: summary.contentHash })
    expect(byHash.summary.number).toBe(2)
    const latest = await readVersion(dependencies, { topology: 'shop', ref: 'latest' })
    expect(latest.summary).toMatchObject({ number: 3, message: 'third' })
  })

  it('says whether the topology or only the version is missing', async () => {
    await expect(readVersion(dependencies, { topology: 'nothing', ref: '1' })).rejects.toMatchObject({ code: 'TOPOLOGY_NOT_FOUND' })
    await expect(readVersion(dependencies, { topology: 'shop', ref: '99' })).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' })
    await expect(listVersions(dependencies, 'nothing', {})).rejects.toMatchObject({ code: 'TOPOLOGY_NOT_FOUND' })
    await expect(putTag(dependencies, { topology: 'shop', ref: '99' }, 'gone')).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' })
  })

  it.each(['latest', '7', 'Upper', ''])('refuses %s as a tag', async (tag) => {
    await expect(putTag(dependencies, shop, tag)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
  })

  it('keeps a description until it is changed', async () => {
    await putTopology(dependencies, 'alpha', { description: 'first' })
    await putTopology(dependencies, 'alpha', { compatibility: 'NONE' })
    await expect(readTopology(dependencies, 'alpha')).resolves.toMatchObject({ description: 'first', compatibility: 'NONE', head: 1 })
  })
})

describe('lists, in pages of one', () => {
  it('lists topologies by name', async () => {
    const names = (await walk((page) => listTopologies(dependencies, page))).map(({ name }) => name)
    expect(names).toEqual(['alpha', 'beta', 'shop'])
  })

  it('lists versions, the newest first', async () => {
    const numbers = (await walk((page) => listVersions(dependencies, 'shop', page))).map(({ number }) => number)
    expect(numbers).toEqual([3, 2, 1])
  })

  it('lists the services of both clusters once, by host', async () => {
    const version = await readContent(dependencies, shop)
    const services = await walk((page) => listServices(dependencies, version, page))
    expect(services.map(({ host, clusters }) => [host.split('.')[0], clusters])).toEqual([
      ['cart', ['east', 'west']],
      ['rating', ['east']],
      ['zoo', ['east']],
    ])
  })

  it('lists workloads with their instances', async () => {
    const version = await readContent(dependencies, shop)
    const workloads = await walk((page) => listWorkloads(dependencies, version, page))
    expect(workloads.map(({ cluster, name, kind, instances }) => `${cluster} ${kind} ${name} ${instances}`)).toEqual([
      'west Deployment cart 1',
      'west Deployment web 1',
    ])
  })

  it('lists findings as the report has them', async () => {
    const version = await readContent(dependencies, shop)
    const { text } = await reportVersion(dependencies, version, { form: 'json', program: '', room: roomOf(1024 ** 2) })
    const { findings } = readWritten(text) as Report
    expect(await walk((page) => listFindings(dependencies, version, page))).toEqual(findings)
  })

  it.each([0, 101, 100_000, 1.5])('refuses pages of %s', async (first) => {
    await expect(listTopologies(dependencies, { first })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
  })

  it('refuses a cursor that it did not give out', async () => {
    const version = await readContent(dependencies, shop)
    await expect(listTopologies(dependencies, { after: 'nonsense' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    await expect(listServices(dependencies, version, { after: '!!' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })
})

describe('reading a document back', () => {
  it.each(['JSON', 'YAML'] as const)('as %s gives the same content when it is sent again', async (format) => {
    const version = await readContent(dependencies, shop)
    const text = await textOf(readDocument(dependencies, version, format))
    const upload = { body: new TextEncoder().encode(text), mediaType: format === 'JSON' ? 'application/json' : 'application/yaml' } as const
    const { content } = await openDocument(dependencies, upload)
    expect(content.contentHash).toBe(version.contentHash)
  })
})

describe('asking', () => {
  it('answers where the call arrives, with every stage', async () => {
    const version = await readContent(dependencies, shop)
    const { verdict, reason, steps } = await askReachability(dependencies, version, { from: fromWeb, to: { host: 'cart', port: 80 } })
    expect({ verdict, reason }).toEqual({ verdict: 'REACHABLE', reason: 'DELIVERED' })
    expect(steps.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['NAME', 'SCOPE', 'ROUTE', 'DISCOVERY']))
  })

  it('answers many calls in order; one that cannot be asked does not stop the others', async () => {
    const version = await readContent(dependencies, shop)
    const calls = ['cart', 'nobody', 'cart'].map((name) => ({
      from: { ...fromWeb, workload: name === 'nobody' ? 'wen' : 'web' },
      to: { host: name, port: 80 },
    }))
    const answers = await askCalls(inWords(), version, { calls })
    expect(answers.map(readCall).map((answer) => ('problem' in answer ? answer.problem.code : answer.verdict))).toEqual([
      'REACHABLE',
      'SOURCE_NOT_FOUND',
      'REACHABLE',
    ])
    expect(answers[1]).toMatchObject({ problem: { details: { suggestions: expect.arrayContaining([expect.stringContaining('web')]) } } })
  })

  it('refuses more calls at once than it can answer in time, and moments that are none', async () => {
    const version = await readContent(dependencies, shop)
    const call = { from: fromWeb, to: { host: 'cart' } }
    await expect(askCalls(inWords(), version, { calls: Array.from({ length: 1001 }, () => call) })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    })
    await expect(askReachability(dependencies, version, { ...call, at: 'tomorrow' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
  })

  it('lists what a workload sees, page by page', async () => {
    const version = await readContent(dependencies, shop)
    const first = await askVisibility(dependencies, version, { from: fromWeb, first: 1 })
    const [service] = first.services
    expect(service?.host).toBe('cart.shop.svc.cluster.local')
    const second = await askVisibility(dependencies, version, { from: fromWeb, first: 1, after: service ? visibleCursor(service) : null })
    expect(second.services.map(({ host }) => host)).toEqual(['rating.shop.svc.cluster.local'])
    expect(first.page).toEqual({ nextCursor: service && visibleCursor(service), hasMore: true })
    expect((await askHidden(dependencies, version, { from: fromWeb })).hidden).toEqual([])
  })

  it('judges trust under one control plane as given, where no roots are stated', async () => {
    const version = await readContent(dependencies, shop)
    const identity = { cluster: 'west', namespace: 'shop', serviceAccount: 'default' }
    await expect(askTrust(dependencies, version, { client: identity, server: identity })).resolves.toMatchObject({ verdict: 'TRUSTED' })
  })

  it('describes what there is', async () => {
    const version = await readContent(dependencies, shop)
    await expect(describeDeployment(dependencies, version)).resolves.toMatchObject({ clusters: 'MULTIPLE', controlPlanes: 'SINGLE' })
    const { clusters, controlPlanes, meshes } = await describeInventory(dependencies, version)
    expect(clusters.map(({ name, role }) => [name, role])).toEqual([
      ['east', 'REMOTE'],
      ['west', 'PRIMARY'],
    ])
    expect(controlPlanes.map(({ name, clusters: read }) => [name, read])).toEqual([['west', ['west', 'east']]])
    expect(meshes.map(({ name }) => name)).toEqual(['mesh1'])
  })

  it('answers about a document at hand as about a stored one', async () => {
    const { content } = await openDocument(dependencies, twoClusters({ east: ['cart', 'rating', 'zoo'] }))
    const question = { from: fromWeb, to: { host: 'cart', port: 80 } }
    const stored = await askReachability(dependencies, await readContent(dependencies, shop), question)
    await expect(askReachability(dependencies, content, question)).resolves.toEqual(stored)
  })

  it('reports on a document without storing it', async () => {
    const failing = yaml(
      `{ apiVersion: sightline/v1, kind: Topology, clusters: [{ name: west }], assertions: [{ name: a, from: { cluster: west, namespace: shop, workload: caller }, to: { host: called }, expect: REACHABLE }] }`,
    )
    await expect(validateDocument(dependencies, failing)).resolves.toMatchObject({
      verdict: 'FAIL',
      assertions: [{ name: 'a', passed: false }],
    })
  })
})
