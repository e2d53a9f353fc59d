// Which object is on which line is counted in the texts below: YAML of one object a line.
import { describe, expect, it } from 'vitest'
import type { Analyst, Upload, VersionContent } from '#analyst/analyst'
import { createInProcessAnalyst } from '#analyst/in-process'
import { storedVersion } from './shop.js'

const encoder = new TextEncoder()
const header = 'apiVersion: sightline/v1\nkind: Topology\n'

const objects = [
  '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }',
  '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: client, namespace: shop }, spec: { template: { metadata: { labels: { app: client } } } } }',
  '{ apiVersion: v1, kind: Service, metadata: { name: reviews, namespace: shop }, spec: { selector: { app: nobody }, ports: [{ port: 80, name: http }] } }',
]

/** `below` lines of comment stand above everything; the Service is on line 8 + below. */
const document = (below: number, name?: string): Upload => ({
  body: encoder.encode(
    `${'#\n'.repeat(below)}${header}clusters:\n  - name: west\n    resources:\n${objects.map((one) => `      - ${one}\n`).join('')}`,
  ),
  mediaType: 'application/yaml',
  ...(name === undefined ? {} : { name }),
})

const question = { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host: 'reviews', port: 80 } }

async function serviceIn(analyst: Analyst, version: VersionContent): Promise<unknown> {
  const answered = await analyst.ask('reachability', { questions: [question], at: 0 }, version)
  const answer = 'value' in answered ? answered.value[0] : answered
  if (answer === undefined || 'problem' in answer) throw new Error('there is no answer')
  const refs = answer.value.steps.flatMap(({ because }) => because)
  return refs.find(({ kind, name }) => kind === 'Service' && name === 'reviews')?.source
}

describe('the places of a version', () => {
  it('are told with every answer, though another version with the same content was asked about first', async () => {
    const analyst = createInProcessAnalyst()
    const [git, laptop] = [await storedVersion(document(0, 'git.yaml')), await storedVersion(document(10, 'laptop.yaml'))]
    expect(laptop.contentHash).toBe(git.contentHash)
    expect(await serviceIn(analyst, git)).toEqual({ file: 'git.yaml', line: 8 })
    expect(await serviceIn(analyst, laptop)).toEqual({ file: 'laptop.yaml', line: 18 })
    expect(await serviceIn(analyst, git)).toEqual({ file: 'git.yaml', line: 8 })
  })

  it('are read once, and only when an answer names something', async () => {
    const analyst = createInProcessAnalyst()
    const version = await storedVersion(document(0, 'git.yaml'))
    const [west] = version.parts
    await analyst.ask('deployment', {}, version)
    await analyst.ask('reachability', { questions: [question], at: 0, wanted: { verdict: true } }, version)
    expect(version.loads).toEqual([[west?.digest]])
    await serviceIn(analyst, version)
    await serviceIn(analyst, version)
    expect(version.loads.slice(1).flat()).toContain(west?.placesDigest)
    const reads = version.loads.length
    await serviceIn(analyst, version)
    expect(version.loads).toHaveLength(reads)
  })

  it('may be gone, because others were told meanwhile: the answer is the same without them', async () => {
    const analyst = createInProcessAnalyst()
    const version = await storedVersion(document(0, 'git.yaml'))
    const places = new Set([version.placesDigest, ...version.parts.map(({ placesDigest }) => placesDigest)])
    const forgetful = {
      ...version,
      load: async (digests: readonly string[]) => version.load(digests.filter((digest) => !places.has(digest))),
    }
    expect(await serviceIn(analyst, forgetful)).toBeNull()
    expect(await serviceIn(analyst, { ...version, placesDigest: null })).toEqual({ file: 'git.yaml', line: 8 })
  })

  it('are those of the header, too: of a report on files, of one on a version, and of what an append warns of', async () => {
    const analyst = createInProcessAnalyst()
    const text = `${header}clusters:\n  - name: west\n    controlPlane: { role: REMOTE, managedBy: nobody }\ngateways:\n  - { cluster: north, addresses: [34.0.0.1] }\n`
    const upload = { body: encoder.encode(text), mediaType: 'application/yaml', name: 't.yaml' } as const
    const expected = (line: number) => [
      ['Cluster', { file: 't.yaml', line }],
      ['Gateway', { file: 't.yaml', line: 7 }],
    ]
    const placesIn = (findings: readonly { resource: { kind: string } | null; source: unknown }[]): unknown =>
      findings
        .map(({ resource, source }) => [resource?.kind, source])
        .filter(([kind]) => kind === 'Cluster' || kind === 'Gateway')
        .sort()
    const validated = await analyst.ask('validate', { upload, at: 0 })
    const reported = await analyst.ask('report', { at: 0 }, await storedVersion(upload))
    const prepared = await analyst.ask('prepare', { upload })
    if ('problem' in validated || 'problem' in reported || 'problem' in prepared) throw new Error('there is no report')
    // Files are at hand, and so are the lines of their fields; a version keeps those of its entries.
    expect(placesIn(validated.value.findings)).toEqual(expected(5))
    expect(placesIn(reported.value.findings)).toEqual(expected(4))
    expect(placesIn(prepared.value.notes)).toEqual(expected(4))
  })

  it('stay those of the others when one cluster is replaced', async () => {
    const analyst = createInProcessAnalyst()
    const both = `${header}clusters:\n  - name: west\n    mesh: m\n    controlPlane: { role: REMOTE, managedBy: nobody }\n  - name: east\n    controlPlane: { role: REMOTE, managedBy: nobody }\n`
    const base = await storedVersion({ body: encoder.encode(both), mediaType: 'application/yaml', name: 't.yaml' })
    const entry = {
      body: encoder.encode('#\nname: east\ncontrolPlane: { role: REMOTE, managedBy: nobody }\n'),
      mediaType: 'application/yaml',
    } as const
    const prepared = await analyst.ask('prepareCluster', { cluster: 'east', upload: entry }, base)
    if ('problem' in prepared) throw new Error(prepared.problem.message)
    expect(prepared.value.notes.map(({ resource, source }) => [resource?.name, source]).sort()).toEqual([
      ['east', { file: null, line: 2 }],
      ['west', { file: 't.yaml', line: 4 }],
    ])
  })
})
