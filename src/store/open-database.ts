import type { Database, DatabasePlace } from './database.js'
import { openEmbedded } from './embedded/open-embedded.js'
import { openServer } from './open-server.js'

/**
 * Opens the embedded database or connects to a server; the schema is brought up to date elsewhere.
 *
 * Rejects with AppError: STORE_HELD (another process has the data directory), STORE_UNUSABLE (wrong server), STORE_UNAVAILABLE.
 */
export function openDatabase({ url, dataDir, onFailure }: DatabasePlace): Promise<Database> {
  return url === undefined ? openEmbedded(dataDir ?? '.sightline', onFailure ?? (() => {})) : openServer(url)
}
