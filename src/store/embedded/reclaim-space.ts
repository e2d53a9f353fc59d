import type pg from 'pg'
import { queryMessage } from './frontend-messages.js'
import type { ProtocolHost } from './protocol-host.js'

/** The tables that lose rows. A file is not cut off at its end: what is free in it is written over. */
const statement = 'VACUUM (TRUNCATE false) chunk, content, part, version, pruned_version, idempotency, tag, audit, lease'
/** The first time in a store of gigabytes takes ten seconds for each of them; afterwards only what has changed is looked at. */
const limit = 600_000

/**
 * Lets the database write over what was deleted: nobody does so in PGlite, whose one session has no helper beside it, and files would grow with
 * every version, however many are pruned.
 *
 * INVARIANT: nothing else is asked meanwhile, so that it holds the pool's one connection; its own limit is what it is sent past the driver for.
 */
export async function reclaimSpace(host: Pick<ProtocolHost, 'exchange'>, pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await host.exchange(queryMessage(statement), limit)
  } finally {
    client.release()
  }
}
