import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { openDataDirectory } from './open-data-directory.js'
import { outliveConnections } from '../outlive-connections.js'
import type { Database } from '../database.js'
import { lockDirectory } from './directory-lock.js'
import { requireFreeSpace } from './free-space.js'
import { PrismaClient } from '../generated/client.js'
import { reclaimSpace } from './reclaim-space.js'
import { startPgliteHost } from './pglite-host.js'
import { createPgliteStream } from './pglite-stream.js'

const limits = { opening: 120_000, answer: 30_000 }

/**
 * Opens PGlite under `dataDir`, which this process then holds alone.
 *
 * The database is `postgres/` in it and the lock `lock/`, so that a mounted volume carries both. PGlite never asks the disk to
 * flush: what it acknowledged survives the death of the process, not a loss of power.
 */
export async function openEmbedded(dataDir: string, onFailure: (error: Error) => void): Promise<Database> {
  const directory = await openDataDirectory(dataDir)
  const lock = await lockDirectory(directory.lock)
  try {
    const host = await startPgliteHost(directory.postgres, limits, onFailure)
    const pool = new pg.Pool({
      max: 1, // INVARIANT: PGlite has one session.
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: limits.answer,
      user: 'postgres',
      database: 'postgres',
      stream: () => createPgliteStream(host),
    })
    outliveConnections(pool)
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
    const close = async (): Promise<void> => {
      await prisma.$disconnect()
      await pool.end()
      await host.close()
      await lock.release()
    }
    return {
      kind: 'EMBEDDED',
      pool,
      prisma,
      requireSpace: (bytes) => requireFreeSpace(directory.path, bytes),
      reclaim: () => reclaimSpace(host, pool),
      close,
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}
