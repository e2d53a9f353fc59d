import { describe, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Finding } from '#engine/model/report'

const analyst = createInProcessAnalyst()

const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: shop
  labels:
    example.com/team: 7
spec:
  hosts: [reviews]
  http:
    - route:
        - destination:
            host: reviews
      timeot: 5s
    - match:
        - uri:
            regex: "(?=a)"
`

async function findingsIn(name: string, text: string, files?: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const body = Buffer.from(text)
  const supplied = Object.entries(files ?? {}).map(([path, content]) => ({ path, body: Buffer.from(content) }))
  const answer = await analyst.validate({ body, name, mediaType: 'application/yaml', cluster: 'west', files: supplied }, 0)
  if ('problem' in answer) throw new Error(answer.problem.message)
  return answer.value.findings.filter(({ code }) => /^(SCH|VAL)/.test(code))
}

const told = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ path, source }) => `${source?.file}:${source?.line} ${path}`).toSorted()

describe('a finding about a field', () => {
  const fields = (file: string, before: number) =>
    [
      `${file}:${before + 7} metadata.labels["example.com/team"]`,
      `${file}:${before + 14} spec.http[0].timeot`,
      `${file}:${before + 15} spec.http[1]`,
      `${file}:${before + 17} spec.http[1].match[0].uri.regex`,
    ].toSorted()

  it('has the line of the field, and where that is missing of what should hold it', async () => {
    expect(told(await findingsIn('route.yaml', route))).toEqual(fields('route.yaml', 0))
  })

  it('has it in the second document of a file, in a list, and in a file that a document includes', async () => {
    const before = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n---\n'
    expect(told(await findingsIn('two.yaml', before + route))).toEqual(fields('two.yaml', 4))
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${route.trimEnd().replaceAll('\n', '\n  ')}\n`
    expect(told(await findingsIn('list.yaml', list))).toEqual(fields('list.yaml', 3))
    const topology = 'apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: west, resources: [{ include: west/*.yaml }] }]\n'
    expect(told(await findingsIn('topology.yaml', topology, { 'west/route.yaml': route }))).toEqual(fields('west/route.yaml', 0))
  })

  it('has the line of its object where the document is too large to be read once more', async () => {
    const large = `apiVersion: v1\nkind: List\nitems:\n- ${route.trimEnd().replaceAll('\n', '\n  ')}\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: { name: b, namespace: shop }\n  data: { a: "${'x'.repeat(4 * 1024 * 1024)}" }\n`
    expect(new Set((await findingsIn('large.yaml', large)).map(({ source }) => source?.line))).toEqual(new Set([4]))
  })
})

describe('a secret that was removed', () => {
  const text = `apiVersion: v1\nkind: Service\nmetadata: { name: a }\n---\n${[
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata: { name: b }',
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: web',
    '          env:',
    '            - name: DB_PASSWORD',
    '              value: hush-hush',
  ].join('\n')}\n`
  const sent = () => ({ body: Buffer.from(text), mediaType: 'application/yaml', cluster: 'west', name: 'shop.yaml' }) as const
  const told = (notes: readonly Finding[]) => notes.flatMap(({ code, source }) => (code === 'SECRET_REMOVED' ? [source] : []))

  it('is told by the line of its field, in a report, of an append and of one cluster', async () => {
    const place = [{ file: 'shop.yaml', line: 15 }]
    for (const answer of [
      await analyst.validate(sent(), 0),
      await analyst.ask('prepare', { upload: sent() }),
      await analyst.ask('prepareCluster', { upload: sent(), cluster: 'west' }),
    ]) {
      if ('problem' in answer) throw new Error(answer.problem.message)
      expect(told('findings' in answer.value ? answer.value.findings : answer.value.notes)).toEqual(place)
    }
  })
})

describe('a finding about a field of the header', () => {
  const header = `apiVersion: sightline/v1
kind: Topology
networks:
  - name: n1
    routableTo:
      - n1
      - n3
clusters:
  - name: west
    mesh: mesh1
    network: n2
    remoteSecrets:
      - west
      - nowhere
    resources: []
gateways:
  - network: n1
    cluster: gone
    addresses: [34.0.0.1]
controlPlanes:
  - name: west
    cluster: west
    configCluster: lost
`

  const findings = async (text: string, name: string, mediaType: 'application/yaml' | 'application/json') => {
    const answer = await analyst.validate({ body: Buffer.from(text), name, mediaType }, 0)
    if ('problem' in answer) throw new Error(answer.problem.message)
    return told(answer.value.findings.filter(({ code }) => code === 'REF101'))
  }

  it('has the line of the field, and of the item in a list (TOPO-4)', async () => {
    expect(await findings(header, 'topology.yaml', 'application/yaml')).toEqual([
      'topology.yaml:11 network',
      'topology.yaml:14 remoteSecrets[1]',
      'topology.yaml:18 gateways[0].cluster',
      'topology.yaml:23 configCluster',
      'topology.yaml:7 routableTo[1]',
    ])
  })

  it('has it in JSON as well', async () => {
    const text =
      '{ "apiVersion": "sightline/v1", "kind": "Topology",\n"networks": [{ "name": "n1" }],\n"clusters": [\n{ "name": "west",\n"network":\n"n2" }] }'
    expect(await findings(text, 'topology.json', 'application/json')).toEqual(['topology.json:5 network'])
  })
})
