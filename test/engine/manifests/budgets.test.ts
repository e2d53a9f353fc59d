import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import * as yaml from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { readDocument } from '#engine/manifests/read-document'

const mebibyte = 2 ** 20
const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('')
const configMap = (text: string): string =>
  `apiVersion: sightline/v1\nkind: Topology\nclusters:\n- name: a\n  resources:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: a, namespace: b }\n    data: { x: ${text} }\n`

interface Shape {
  readonly text: string
  readonly type: 'json' | 'yaml'
}

const shapes: Readonly<Record<string, Shape>> = {
  'flat keys, in JSON': { type: 'json', text: `{${Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join(',')}}` },
  'flat keys, in YAML': { type: 'yaml', text: lines(150_000, (index) => `k${index}: 1\n`) },
  'flat keys of a cluster': {
    type: 'json',
    text: `{"apiVersion":"sightline/v1","kind":"Topology","clusters":[{"name":"a",${Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join(',')}}]}`,
  },
  'flat keys in brackets': { type: 'yaml', text: `{ ${lines(100_000, (index) => `k${index}: 1, `)} }` },
  anchors: { type: 'yaml', text: lines(60_000, (index) => `- &a${index} x${index}\n`) },
  'documents of a word': { type: 'yaml', text: 'a\n---\n'.repeat(150_000) },
  'a million documents': { type: 'yaml', text: '---\n'.repeat(1_000_000) },
  'a scalar of 6 MiB': { type: 'yaml', text: configMap(`"${'a'.repeat(6 * mebibyte)}"`) },
  'a scalar of escapes': { type: 'yaml', text: configMap(`"${'\\u0041'.repeat(mebibyte / 4)}"`) },
  'a key of 8 MiB': { type: 'yaml', text: `${'k'.repeat(8 * mebibyte)}: 1\n` },
  'pairs in brackets': { type: 'yaml', text: `[${'a: b, '.repeat(60_000)}a]` },
  'brackets that nobody closes': { type: 'yaml', text: '['.repeat(mebibyte) },
  'brackets in JSON': { type: 'json', text: '['.repeat(mebibyte) },
  comments: { type: 'yaml', text: '# a\n'.repeat(400_000) },
}

const sent = ({ text, type }: Shape) => ({
  body: new TextEncoder().encode(text),
  mediaType: `application/${type}` as const,
  name: `topology.${type}`,
})

function timeOf(work: () => unknown): number {
  const before = process.cpuUsage()
  try {
    work()
  } catch {
    // What js-yaml refuses, it has read as far as that.
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Milliseconds in which this machine, now, reads a mebibyte of ordinary JSON. */
function floorOf(): number {
  const json = JSON.stringify(
    Array.from({ length: 12_000 }, (_, index) => ({ name: `object-${index}`, labels: { app: `a${index % 7}` }, at: [index, 'x'] })),
  )
  const times = [0, 1, 2].map(() => timeOf(() => JSON.parse(json)))
  return Math.max(1, (Math.min(...times) * mebibyte) / json.length)
}

it.each([
  ['a million documents', 'TOO_MANY_DOCUMENTS'],
  ['flat keys, in JSON', 'TOO_MANY_FIELDS'],
  ['flat keys, in YAML', 'TOO_MANY_FIELDS'],
  ['flat keys in brackets', 'TOO_MANY_FIELDS'],
  ['flat keys of a cluster', 'TOO_MANY_FIELDS'],
])('%s: one fault says which bound it is', (shape, code) => {
  const { text, type } = shapes[shape] ?? { text: '', type: 'json' as const }
  expect(readDocument(sent({ text, type }))).toMatchObject({ code: 'DOCUMENT_INVALID', details: { errors: [{ code }] } })
})

describe.each(Object.entries(shapes))('%s', (_shape, shape) => {
  it('takes a time that is bounded by its length', { timeout: 120_000 }, () => {
    const mebibytes = Math.max(1, shape.text.length / mebibyte)
    const like = timeOf(() => (shape.type === 'json' ? JSON.parse(shape.text) : yaml.loadAll(shape.text)))
    // 250 ms for each mebibyte where a mebibyte of ordinary JSON takes 8; or no more than who else reads it takes a few times.
    const most = Math.max(32 * floorOf(), (4 * like) / mebibytes)
    // The least of three, as of the floor: a collection of garbage falls into one now and then.
    let spent = Number.POSITIVE_INFINITY
    for (let round = 0; round < 3 && spent >= most; round += 1) spent = Math.min(spent, timeOf(() => readDocument(sent(shape))) / mebibytes)
    expect(spent).toBeLessThan(most)
  })

  it('takes a memory that is bounded by what it holds', { timeout: 120_000 }, async () => {
    const megabytes = Math.ceil(64 + 3 * heldBy(shape))
    expect(await answerWithin(megabytes, shape)).toMatch(/^[A-Z_]+$|^taken$/)
  })
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Mebibytes that the content takes once JSON.parse has read it; what cannot be read holds nothing. */
function heldBy({ text, type }: Shape): number {
  const json = type === 'json' ? text : asJson(text)
  if (json === undefined) return 0
  collect()
  const before = process.memoryUsage().heapUsed
  const value: unknown = tryTo(() => JSON.parse(json) as unknown)
  collect()
  const after = process.memoryUsage().heapUsed
  return value === undefined ? 0 : Math.max(0, after - before) / mebibyte
}

const asJson = (text: string): string | undefined => tryTo(() => JSON.stringify(yaml.loadAll(text)))

function tryTo<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** Reads it in a thread that ends if its heap grows larger; what came of it. */
async function answerWithin(megabytes: number, shape: Shape): Promise<string> {
  const worker = new Worker(await compiled, { eval: true, workerData: sent(shape), resourceLimits: { maxOldGenerationSizeMb: megabytes } })
  return await new Promise((resolve) => {
    worker.once('message', resolve)
    worker.once('error', (error: Error & { code?: string }) => {
      resolve(`ended: ${error.code ?? error.message}`)
    })
  })
}

/** A thread that reads one document and says what came of it, as one script. */
const script = `
import { parentPort, workerData } from 'node:worker_threads'
import { readDocument } from '#engine/manifests/read-document'
const read = readDocument(workerData)
parentPort.postMessage('parts' in read ? 'taken' : read.code)`

const compiled = build({
  stdin: { contents: script, resolveDir: '.', loader: 'ts' },
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  conditions: ['source'],
}).then(({ outputFiles: [file] }) => file?.text ?? '')
