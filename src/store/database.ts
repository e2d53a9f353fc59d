import type pg from 'pg'
import { openEmbedded } from './embedded-database.js'
import type { PrismaClient } from './generated/client.js'
import { openServer } from './server-database.js'

/** One driver pool and one Prisma client over it; only the transport differs between the two kinds. */
export interface Database {
  readonly kind: 'EMBEDDED' | 'SERVER'
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  /** Rejects with STORAGE_FULL when `bytes` more may not fit. */
  requireSpace(bytes: number): Promise<void>
  close(): Promise<void>
}

export interface DatabasePlace {
  /** A Postgres server. */
  readonly url?: string | undefined
  /** Without `url`: where the embedded database lives. */
  readonly dataDir?: string | undefined
  /** The embedded database stopped answering; only a new process recovers it. */
  readonly onFailure?: ((error: Error) => void) | undefined
}

/**
 * Opens the embedded database or connects to a server; the schema is brought up to date elsewhere.
 *
 * Rejects with AppError: STORE_HELD (another process has the data directory), STORE_UNUSABLE (wrong server), STORE_UNAVAILABLE.
 */
export function openDatabase({ url, dataDir, onFailure }: DatabasePlace): Promise<Database> {
  return url === undefined ? openEmbedded(dataDir ?? '.sightline', onFailure ?? (() => {})) : openServer(url)
}
