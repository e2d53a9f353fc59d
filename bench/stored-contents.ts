import { openDatabase } from '#store/open-database'

/** How much a data directory holds that no process has open: distinct contents, and their bytes before packing. */
export async function storedContents(dataDir: string): Promise<{ readonly count: number; readonly bytes: number }> {
  const database = await openDatabase({ dataDir })
  try {
    const { rows } = await database.pool.query<{ count: number; bytes: string }>(
      'SELECT count(*)::int AS count, coalesce(sum(size), 0)::text AS bytes FROM content',
    )
    return { count: rows[0]?.count ?? 0, bytes: Number(rows[0]?.bytes ?? 0) }
  } finally {
    await database.close()
  }
}
