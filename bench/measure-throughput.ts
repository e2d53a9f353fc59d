import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figure.js'
import type { Plan } from './generate/plan.js'
import { generateDocuments } from './generated-documents.js'
import { send } from './http.js'
import type { LoadGenerator } from './load-generator.js'
import { measureQuestions } from './measure-questions.js'
import { startService } from './service.js'

const topology = 'generated'

/** (c) by itself: a service that was given one version, and questions about it. */
export async function measureThroughput(plan: Plan, load: LoadGenerator, rounds: number): Promise<readonly Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sightline-bench-'))
  try {
    const service = await startService(dataDir)
    try {
      await send(service.port, 'POST', `/v1/topologies/${topology}/versions`, generateDocuments(plan).document)
      return await measureQuestions(service.port, topology, plan, load, rounds)
    } finally {
      await service.stop()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
