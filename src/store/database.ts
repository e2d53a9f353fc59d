import type pg from 'pg'
import type { PrismaClient } from './generated/client.js'

/** One driver pool and one Prisma client over it; only the transport differs between the two kinds. */
export interface Database {
  readonly kind: 'EMBEDDED' | 'SERVER'
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  /** Rejects with STORAGE_FULL when `bytes` more may not fit. */
  requireSpace(bytes: number): Promise<void>
  /** Lets what was deleted be written over, where the database does not see to it by itself. */
  reclaim(): Promise<void>
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
