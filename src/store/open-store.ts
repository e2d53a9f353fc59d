import type { DatabasePlace } from './database.js'
import { openDatabase } from './open-database.js'
import { migrate } from './migrate.js'
import { createPrismaStore } from './prisma-store.js'
import { migrationsFolder, readMigrations } from './read-migrations.js'
import type { Store } from './store.js'
import { guarded } from './store-error.js'

/**
 * Opens the database, brings its schema up to date, and returns the store.
 *
 * Rejects with AppError STORE_HELD (another process has the data directory) or STORE_UNUSABLE (wrong server, edited
 * migrations): neither passes by itself. STORE_UNAVAILABLE may.
 */
export async function openStore(place: DatabasePlace): Promise<Store> {
  const database = await openDatabase(place)
  try {
    await guarded(async () => migrate(database.pool, await readMigrations(migrationsFolder)))
    return createPrismaStore(database)
  } catch (error) {
    await database.close()
    throw error
  }
}
