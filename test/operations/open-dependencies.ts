import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Dependencies } from '#operations/dependencies'
import { openStore } from '#store/open-store'
import { createPrismaStore } from '#store/prisma-store'
import type { Store } from '#store/store'
import { startPostgres } from '../store/postgres-server.js'
import { giveBack, takeEmptyDatabase } from './empty-database.js'

export interface OpenDependencies extends Dependencies {
  close(): Promise<void>
}

/** A store of one's own: on the server that DATABASE_URL names, else on the embedded database. */
async function openOwnStore(): Promise<{ readonly store: Store; leave(): Promise<void> }> {
  const wanted = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL']
  const server = wanted === undefined ? undefined : await startPostgres()
  if (server) {
    const store = await openStore({ url: await server.database() })
    return { store, leave: () => store.close().then(server.stop) }
  }
  const database = await takeEmptyDatabase()
  return { store: createPrismaStore(database), leave: () => giveBack(database) }
}

/** What operations need, real: a store of their own, and the engine in this thread. */
export async function openDependencies(): Promise<OpenDependencies> {
  const { store, leave } = await openOwnStore()
  const analyst = createInProcessAnalyst()
  return {
    store,
    analyst,
    caller: operator,
    now: () => Date.parse('2026-03-01T00:00:00Z'),
    close: async () => {
      await analyst.close()
      await leave()
    },
  }
}
