import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import type { Analyst, Upload } from '#analyst/analyst'
import { createWorkerAnalyst } from '#analyst/worker-analyst'
import { isProblem } from '#engine/model/app-error'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const mebibyte = 2 ** 20

const objects = (count: number, make: (at: number) => object): string => {
  const resources = Array.from({ length: count }, (_, at) => make(at))
  return JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources }] })
}
const meta = (name: string) => ({ metadata: { name, namespace: 'shop' } })

const documents: Readonly<Record<string, () => string>> = {
  Services: () =>
    objects(100_000, (at) => ({
      apiVersion: 'v1',
      kind: 'Service',
      ...meta(`s${at}`),
      spec: {
        clusterIP: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
        ports: [{ name: 'http', port: 80 }],
        selector: { app: `s${at}` },
      },
    })),
  VirtualServices: () =>
    objects(60_000, (at) => ({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      ...meta(`v${at}`),
      spec: { hosts: [`s${at}`], http: [{ route: [{ destination: { host: 's' } }] }] },
    })),
  Pods: () =>
    objects(50_000, (at) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${at}`, namespace: 'shop', labels: { app: `a${at}` } },
      spec: { containers: [{ name: 'c', image: 'app:1', ports: [{ containerPort: 8080 }] }] },
      status: { podIP: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}` },
    })),
}

it.each(Object.keys(documents))(
  'a document of %s is taken in within 64 MiB and three times what JSON.parse of it holds',
  { timeout: 120_000 },
  async (kind) => {
    const text = documents[kind]?.() ?? ''
    const most = 64 + 3 * heldBy(text)
    expect(await within(most, (analyst) => analyst.ask('prepare', { upload: uploadOf(text) }))).toBe('done')
  },
)

/** Of a finding, with its sentence, places and fingerprint. */
const findingBytes = 1024

/** Mebibytes that the program takes, with the schemas and rules that only reports load. */
const program = 64

it('a report of a hundred thousand findings is made within a kilobyte for each of them beside that', { timeout: 120_000 }, async () => {
  const count = 100_000
  const route = Array.from({ length: count }, (_, at) => ({ destination: { host: 's', subset: `v${at}` }, weight: 1 }))
  const text = objects(1, () => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    ...meta('v'),
    spec: { hosts: ['s'], http: [{ route }] },
  }))
  const most = program + 64 + 3 * heldBy(text) + (count * findingBytes) / mebibyte
  expect(await within(most, (analyst) => analyst.ask('validate', { upload: uploadOf(text), at: Date.now() }))).toBe('done')
})

/** Mebibytes. */
function heldBy(text: string): number {
  collect()
  const before = process.memoryUsage().heapUsed
  const value: unknown = JSON.parse(text)
  collect()
  const after = process.memoryUsage().heapUsed
  return value === undefined ? 0 : (after - before) / mebibyte
}

/** What came of work in a thread that ends if its heap grows larger. */
async function within(megabytes: number, work: (analyst: Analyst) => Promise<object>): Promise<string> {
  const faults: string[] = []
  const analyst = createWorkerAnalyst({
    threads: 1,
    heapMb: Math.ceil(megabytes),
    answerBytes: 128 * mebibyte,
    onFault: (fault) => faults.push(fault),
  })
  const answer = await work(analyst)
  await analyst.close()
  return isProblem(answer) ? [answer.problem.code, ...faults].join(': ') : 'done'
}

const uploadOf = (text: string): Upload => ({ body: new TextEncoder().encode(text), mediaType: 'application/json' })
