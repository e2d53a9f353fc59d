import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Dependencies } from '#operations/dependencies'
import { openStore } from '#store/open-store'

export interface OpenDependencies extends Dependencies {
  close(): Promise<void>
}

/** What operations need, real: the embedded database in a directory of its own, and the engine in this thread. */
export async function openDependencies(): Promise<OpenDependencies> {
  const dataDir = mkdtempSync(join(tmpdir(), 'operations-'))
  const store = await openStore({ dataDir })
  const analyst = createInProcessAnalyst()
  return {
    store,
    analyst,
    now: () => Date.parse('2026-03-01T00:00:00Z'),
    close: async () => {
      await analyst.close()
      await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
