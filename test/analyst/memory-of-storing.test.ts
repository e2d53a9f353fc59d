import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createWorkerAnalyst } from '#analyst/worker-analyst'

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
    expect(await takenWithin(most, text)).toBe('taken')
  },
)

/** Mebibytes. */
function heldBy(text: string): number {
  collect()
  const before = process.memoryUsage().heapUsed
  const value: unknown = JSON.parse(text)
  collect()
  const after = process.memoryUsage().heapUsed
  return value === undefined ? 0 : (after - before) / mebibyte
}

/** Takes it in, in a thread that ends if its heap grows larger; what came of it. */
async function takenWithin(megabytes: number, text: string): Promise<string> {
  const faults: string[] = []
  const analyst = createWorkerAnalyst({ threads: 1, heapMb: Math.ceil(megabytes), onFault: (fault) => faults.push(fault) })
  const upload = { body: new TextEncoder().encode(text), mediaType: 'application/json' } as const
  const answer = await analyst.ask('prepare', { upload })
  await analyst.close()
  return 'problem' in answer ? [answer.problem.code, ...faults].join(': ') : 'taken'
}
