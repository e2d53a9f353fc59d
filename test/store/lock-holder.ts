// Takes the lock of a directory, says HELD or REFUSED, and keeps what it has until it is ended.
import { AppError } from '#engine/model/app-error'
import { lockDirectory } from '#store/embedded/directory-lock'

try {
  await lockDirectory(process.argv[2] ?? '')
  console.log('HELD')
  setInterval(() => {}, 60_000)
} catch (error) {
  console.log(error instanceof AppError ? `REFUSED ${error.code} ${error.message}` : String(error))
}
