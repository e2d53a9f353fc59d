import type { Database } from '../database.js'
import type { Leased } from '../store.js'
import { guarded } from '../store-error.js'

interface Row {
  readonly granted: number
  readonly latest: number
  readonly left_ms: string
}

/** Hands out up to `block` more requests of the running minute, of which there are `most` in all; 0 where none is left. */
export async function leaseRequests({ pool }: Database, key: string, block: number, most: number): Promise<Leased> {
  const { rows } = await guarded(() =>
    pool.query<Row>(
      `INSERT INTO lease AS l (key, minute, granted, latest)
       VALUES ($1, date_trunc('minute', now()), least($2::int, $3::int), least($2::int, $3::int))
       ON CONFLICT (key) DO UPDATE SET
         minute = EXCLUDED.minute,
         latest = CASE WHEN l.minute = EXCLUDED.minute THEN greatest(0, least($2::int, $3::int - l.granted)) ELSE EXCLUDED.latest END,
         granted = CASE WHEN l.minute = EXCLUDED.minute THEN greatest(l.granted, least(l.granted + $2::int, $3::int)) ELSE EXCLUDED.granted END
       RETURNING granted, latest, extract(epoch FROM minute + interval '1 minute' - now()) * 1000 AS left_ms`,
      [key, block, most],
    ),
  )
  const [row] = rows
  if (row === undefined) throw new Error('the database did not return the row it wrote')
  return { granted: row.granted, latest: row.latest, leftMs: Number(row.left_ms) }
}

/** Lets go of minutes that are long over. */
export const forgetLeases = async ({ pool }: Database): Promise<void> =>
  guarded(async () => void (await pool.query("DELETE FROM lease WHERE minute < now() - interval '1 hour'")))
