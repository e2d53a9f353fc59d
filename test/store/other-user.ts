// Opens a data directory as another user, and says what came of it: OPENED, or the refusal.
import { openDataDirectory } from '#store/embedded/open-data-directory'

const [user, dataDir] = process.argv.slice(2)
try {
  process.setuid?.(Number(user))
  await openDataDirectory(dataDir ?? '')
  console.log('OPENED')
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error))
}
