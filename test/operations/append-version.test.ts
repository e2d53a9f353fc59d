import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendVersion } from '#operations/versions/append-version'
import { deleteTopology } from '#operations/topologies/delete-topology'
import { readContent } from '#operations/documents/read-content'
import { readDocument } from '#operations/documents/read-document'
import { readVersion } from '#operations/versions/read-version'
import { type OpenDependencies, openDependencies } from './open-dependencies.js'
import { textOf } from './text-of.js'
import { twoClusters, yaml } from './two-clusters.js'

describe('appending a version', () => {
  let dependencies: OpenDependencies
  beforeAll(async () => {
    dependencies = await openDependencies()
  })
  afterAll(() => dependencies?.close())

  it('creates the topology, and numbers its versions from 1', async () => {
    const first = await appendVersion(dependencies, { topology: 'fresh', upload: twoClusters(), message: 'why', author: 'me' })
    expect(first).toMatchObject({ topology: 'fresh', number: 1, unchanged: false, message: 'why', author: 'me', warnings: [] })
    expect(first.contentHash).toMatch(/^sha256:[0-9a-f]{64}$/)
    const second = await appendVersion(dependencies, { topology: 'fresh', upload: twoClusters({ east: ['cart'] }) })
    expect(second.number).toBe(2)
  })

  it("answers the head's own content as unchanged, whatever the order of its objects and keys", async () => {
    const first = await appendVersion(dependencies, { topology: 'same', upload: twoClusters({ east: ['a', 'b'] }) })
    const again = await appendVersion(dependencies, { topology: 'same', upload: twoClusters({ east: ['b', 'a'] }) })
    expect(again).toMatchObject({ number: 1, unchanged: true, contentHash: first.contentHash })
  })

  it('refuses a writer who saw another head, and says which version is the newest', async () => {
    await appendVersion(dependencies, { topology: 'raced', upload: twoClusters(), expectedVersion: 0 })
    const late = appendVersion(dependencies, { topology: 'raced', upload: twoClusters({ east: ['late'] }), expectedVersion: 0 })
    await expect(late).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', details: { currentVersion: 1 } })
    await expect(
      appendVersion(dependencies, { topology: 'raced', upload: twoClusters({ east: ['next'] }), expectedVersion: 1 }),
    ).resolves.toMatchObject({ number: 2 })
  })

  it('rehearses without storing, with the same precondition', async () => {
    const upload = (): ReturnType<typeof twoClusters> => twoClusters({ east: ['dry'] })
    const rehearsed = await appendVersion(dependencies, { topology: 'dry', upload: upload(), dryRun: true })
    expect(rehearsed).toMatchObject({ number: 1, unchanged: false, createdAt: '2026-03-01T00:00:00.000Z' })
    await expect(readVersion(dependencies, { topology: 'dry', ref: 'latest' })).rejects.toMatchObject({ code: 'TOPOLOGY_NOT_FOUND' })
    await appendVersion(dependencies, { topology: 'dry', upload: upload() })
    await expect(appendVersion(dependencies, { topology: 'dry', upload: upload(), dryRun: true })).resolves.toMatchObject({
      unchanged: true,
    })
    await expect(
      appendVersion(dependencies, { topology: 'dry', upload: upload(), dryRun: true, expectedVersion: 7 }),
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', details: { currentVersion: 1 } })
  })

  it('answers a repeated request by its idempotency key, and refuses the key for another one', async () => {
    const request = { topology: 'retried', idempotencyKey: 'key-1' }
    const first = await appendVersion(dependencies, { ...request, upload: twoClusters() })
    await appendVersion(dependencies, { topology: 'retried', upload: twoClusters({ east: ['between'] }) })
    const again = await appendVersion(dependencies, { ...request, upload: twoClusters() })
    expect(again).toMatchObject({ number: first.number, contentHash: first.contentHash })
    await expect(appendVersion(dependencies, { ...request, upload: twoClusters({ east: ['other'] }) })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  it('stores nothing of a document with a fault, and names its place', async () => {
    const faulty = yaml('apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - { name: west }\n  - { name: west }\n')
    await expect(appendVersion(dependencies, { topology: 'faulty', upload: faulty })).rejects.toMatchObject({
      code: 'DOCUMENT_INVALID',
      details: { errors: [{ pointer: '#/clusters/1/name', source: { line: 5 } }] },
    })
    await expect(readVersion(dependencies, { topology: 'faulty', ref: 'latest' })).rejects.toMatchObject({ code: 'TOPOLOGY_NOT_FOUND' })
  })

  it('stores references to nothing and kinds that it does not know, removes secrets, and warns of each', async () => {
    const secret = '{ apiVersion: v1, kind: Secret, metadata: { name: token }, data: { token: aHVzaA== } }'
    const upload = yaml(
      `{ apiVersion: sightline/v1, kind: Topology, clusters: [{ name: west, remoteSecrets: [nowhere], resources: [${secret}, { apiVersion: example.org/v1, kind: Unheard, metadata: { name: of } }] }] }`,
    )
    const { warnings } = await appendVersion(dependencies, { topology: 'warned', upload })
    expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['SECRET_REMOVED', 'REF101', 'OBJ102']))
    const content = await readContent(dependencies, { topology: 'warned', ref: '1' })
    expect(await textOf(readDocument(dependencies, content, 'JSON'))).not.toContain('aHVzaA==')
  })

  it('goes on numbering when a deleted topology is created again', async () => {
    await appendVersion(dependencies, { topology: 'reborn', upload: twoClusters() })
    await deleteTopology(dependencies, 'reborn')
    await expect(appendVersion(dependencies, { topology: 'reborn', upload: twoClusters(), expectedVersion: 0 })).resolves.toMatchObject({
      number: 2,
    })
  })

  it('refuses a name that could not be an address', async () => {
    await expect(appendVersion(dependencies, { topology: 'No/Name', upload: twoClusters() })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    })
  })
})
