import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as yaml from 'js-yaml'
import type { Answered, Upload, VersionContent } from '../../src/analyst/analyst.js'
import { createInProcessAnalyst } from '../../src/analyst/in-process.js'
import type { Finding, Report } from '../../src/engine/model/report.js'
import type { Reachability } from '../../src/engine/model/reachability.js'

/** Manifests that people run meshes with; named by the environment, because they are no part of this project. */
export const inputs = process.env['REAL_INPUTS'] ?? ''
export const haveInputs = inputs !== '' && existsSync(inputs)
export const leftOut = 'left out: REAL_INPUTS names no folder of real manifests'

const moment = Date.parse('2026-11-20T12:00:00Z')

/** YAML files below a folder of the inputs, by path; `-opt` files replace others and are left out. */
export const manifestsIn = (...folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(inputs, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name) && !name.includes('-opt'))
      .sort()
      .map((name) => `${folder}/${name}`),
  )

export const readInput = (path: string): string => readFileSync(join(inputs, path), 'utf8')

interface Identified {
  readonly kind?: string
  readonly metadata?: { readonly namespace?: string; readonly name?: string }
  readonly items?: readonly Identified[]
}

/** How many distinct objects the files of one cluster hold, by a reading of our own: lists opened, empty documents not counted. */
export const countObjects = (paths: readonly string[]): number => {
  const documents = paths.flatMap((path) => yaml.loadAll(readInput(path)) as Identified[])
  const objects = documents.flatMap((document) => (document?.kind === 'List' ? (document.items ?? []) : document?.kind ? [document] : []))
  return new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata?.namespace} ${metadata?.name}`)).size
}

/** A document that includes files of the inputs, exactly as a directory would bring them. */
export const uploadOf = (topology: unknown, paths: readonly string[]): Upload => ({
  body: Buffer.from(JSON.stringify(topology)),
  mediaType: 'application/json',
  name: 'topology.json',
  files: paths.map((path) => ({ path, body: readFileSync(join(inputs, path)) })),
})

const valueOf = <T>(answered: Answered<T>): T => {
  if ('problem' in answered) throw new Error(JSON.stringify(answered.problem, null, 2))
  return answered.value
}

export interface Opened {
  readonly notes: readonly Finding[]
  readonly report: Report
  ask(from: string, to: string): Promise<Reachability>
  trust(client: string, server: string): Promise<string>
}

/** Takes a document in and opens it for questions; `from` is `cluster/namespace/workload`, `to` is `host:port`. */
export const open = async (upload: Upload): Promise<Opened> => {
  const analyst = createInProcessAnalyst()
  const prepared = valueOf(await analyst.ask('prepare', { upload }))
  const bodies = new Map(prepared.contents.map(({ digest, body }) => [digest, body]))
  const load: VersionContent['load'] = async (digests) =>
    new Map(digests.flatMap((digest) => (bodies.has(digest) ? [[digest, (bodies.get(digest) as Uint8Array).slice()]] : [])))
  const version: VersionContent = { ...prepared, load }
  const identity = (text: string) => {
    const [cluster = '', namespace = '', serviceAccount = ''] = text.split('/')
    return { cluster, namespace, serviceAccount }
  }
  return {
    notes: prepared.notes,
    report: valueOf(await analyst.ask('report', { at: moment }, version)),
    ask: async (from, to) => {
      const [cluster = '', namespace = '', workload = ''] = from.split('/')
      const [host = '', port] = to.split(':')
      const question = { from: { cluster, namespace, workload }, to: { host, ...(port ? { port: Number(port) } : {}) } }
      const [answer] = valueOf(await analyst.ask('reachability', { questions: [question], at: moment }, version))
      return valueOf(answer as Answered<Reachability>)
    },
    trust: async (client, server) =>
      valueOf(await analyst.ask('trust', { question: { client: identity(client), server: identity(server) }, at: moment }, version))
        .verdict,
  }
}
