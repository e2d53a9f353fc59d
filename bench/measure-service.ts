import type { Figure } from './figure.js'
import type { Plan } from './generate/plan.js'
import { questionsOf } from './generate/questions.js'
import type { GeneratedDocuments } from './generated-documents.js'
import { send } from './http.js'
import type { LoadGenerator } from './load-generator.js'
import { createDelayWatch } from './measure-delay.js'
import { measureQuestions, questionBody } from './measure-questions.js'
import { measureWriting } from './measure-writing.js'
import { type RunningService, startService } from './service.js'
import { storedContents } from './stored-contents.js'

const topology = 'generated'
const versions = `/v1/topologies/${topology}/versions`

export interface Inputs {
  readonly dataDir: string
  readonly plan: Plan
  readonly documents: GeneratedDocuments
  readonly canonicalBytes: number
  readonly load: LoadGenerator
  readonly rounds: number
}

/** Runs the service, does its work with it, and ends it. */
async function withService<T>(dataDir: string, work: (service: RunningService) => Promise<T>): Promise<T> {
  const service = await startService(dataDir)
  try {
    return await work(service)
  } finally {
    await service.stop()
  }
}

/** (b) What the analysis thread keeps, compared with the canonical bytes of the one version it was asked about. */
async function heapFigure(service: RunningService, when: string, bytes: number): Promise<Figure> {
  const { used } = await service.ask<{ readonly used: number }>('heap')
  const detail = `${(used / 1e6).toFixed(1)} MB over ${(bytes / 1e6).toFixed(1)} MB`
  return { name: `(b) worker heap ${when} / canonical bytes`, measured: used / bytes, target: 3, holds: 'AT_MOST', detail }
}

/** (b), (c), (d) and (e) against one service, started anew where it has to be cold. */
export async function measureService(inputs: Inputs): Promise<readonly Figure[]> {
  const { dataDir, plan, documents, canonicalBytes, load, rounds } = inputs
  const delay = createDelayWatch()
  const [first] = questionsOf(plan, 0, 1)
  const ask = (port: number) => send(port, 'POST', '/graphql', Buffer.from(questionBody(topology, first ?? {})))
  await withService(dataDir, (service) => delay.during('append', service, () => send(service.port, 'POST', versions, documents.document)))
  const before = await storedContents(dataDir)
  for (let round = 1; round < 3; round++) {
    await withService(dataDir, (service) => delay.during('first question', service, () => ask(service.port)))
  }
  const warm = await withService(dataDir, async (service) => {
    await delay.idle(service)
    await delay.during('first question', service, () => ask(service.port))
    const cold = await heapFigure(service, 'after a first question', canonicalBytes)
    // A round takes a fifth of a second: it needs more of them than what takes longer.
    const questions = await measureQuestions(service.port, topology, plan, load, 2 * rounds + 1)
    return [cold, await heapFigure(service, `after thousands more`, canonicalBytes), ...questions]
  })
  const { figures, written } = await withService(dataDir, async (service) => {
    for (let round = 0; round < 3; round++) {
      await delay.idle(service)
      await delay.during('validate', service, () => send(service.port, 'POST', '/v1/validate', documents.document))
      await delay.during('reading the document', service, () => send(service.port, 'GET', `${versions}/latest/document`))
    }
    return measureWriting(service.port, topology, documents, rounds, (what, work) => delay.during(what, service, work))
  })
  const after = await storedContents(dataDir)
  const entry = documents.entry(1).byteLength
  const perWrite = (after.bytes - before.bytes) / written
  const stored: Figure = {
    name: '(d) bytes stored anew by a write / the changed cluster’s part',
    measured: perWrite / entry,
    target: 1.1,
    holds: 'AT_MOST',
    detail: `${(perWrite / 1e6).toFixed(1)} MB of ${(before.bytes / 1e6).toFixed(1)} MB, ${after.count - before.count} contents in ${written} writes`,
  }
  return [...warm, ...figures, stored, ...delay.figures()]
}
