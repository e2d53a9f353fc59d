import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Dependencies } from '#operations/dependencies'
import type { DatabasePlace } from '#store/database'
import { openStore } from '#store/open-store'
import { newDataDir } from '../store/new-data-dir.js'
import { startPostgres } from '../store/postgres-server.js'

export interface OpenDependencies extends Dependencies {
  close(): Promise<void>
}

/** A place for one store: a database of its own on the server that DATABASE_URL names, else the embedded one in a scratch directory. */
async function findPlace(): Promise<{ readonly place: DatabasePlace; leave(): Promise<void> }> {
  const wanted = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL']
  const server = wanted === undefined ? undefined : await startPostgres()
  if (server) return { place: { url: await server.database() }, leave: () => server.stop() }
  const dataDir = await newDataDir(mkdtempSync(join(tmpdir(), 'operations-')))
  return { place: { dataDir }, leave: async () => rmSync(dataDir, { recursive: true, force: true }) }
}

/** What operations need, real: a store of their own, and the engine in this thread. */
export async function openDependencies(): Promise<OpenDependencies> {
  const { place, leave } = await findPlace()
  const store = await openStore(place)
  const analyst = createInProcessAnalyst()
  return {
    store,
    analyst,
    caller: operator,
    now: () => Date.parse('2026-03-01T00:00:00Z'),
    close: async () => {
      await analyst.close()
      await store.close()
      await leave()
    },
  }
}
