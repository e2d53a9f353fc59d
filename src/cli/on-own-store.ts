import { existsSync } from 'node:fs'
import { readConfig } from '#config'
import { AppError, type ErrorDetails, type ErrorCode, errors } from '#engine/model/app-error'
import type { Dependencies } from '#operations/dependencies'
import type { Surroundings } from './command.js'
import { failure } from './failure.js'

/** Does a piece of work on the store that this environment names; one that is not there yet is made where it `mayBeNew`. */
export async function onOwnStore<T>(
  { environment, analyst, now, caller }: Surroundings,
  work: (needs: Dependencies) => Promise<T>,
  mayBeNew = false,
): Promise<T> {
  const read = readConfig(environment)
  if ('problems' in read) throw failure('input', read.problems.join('\nsightline: '))
  const { DATABASE_URL, DATA_DIR } = read.config
  if (!mayBeNew && DATABASE_URL === undefined && !existsSync(DATA_DIR)) {
    throw failure(
      'input',
      `there is no store at \`${DATA_DIR}\`: DATA_DIR or DATABASE_URL says where it is, and \`--server\` asks a service`,
    )
  }
  // Loaded only here: it brings the database along.
  const { withOwnStore } = await import('#own-store')
  try {
    return await withOwnStore(read.config, (store) => work({ store, analyst, now, caller }))
  } catch (error) {
    throw recognised(error)
  }
}

/** Reads a backup to its end, and says how many contents it holds. */
export async function checkBackup(source: AsyncIterable<Uint8Array>): Promise<number> {
  const loaded = await import('#own-store')
  try {
    return await loaded.checkBackup(source)
  } catch (error) {
    throw recognised(error)
  }
}

/** What was loaded apart has a class of its own for the errors that this program knows. */
function recognised(error: unknown): unknown {
  if (!(error instanceof Error) || !isCode(error)) return error
  if (error.code !== 'STORE_HELD') return new AppError(error.code, error.message, error.details)
  return failure('conflict', `${error.message}; where that is the service, ask it with \`--server\` and a token with the scope \`admin\``)
}

const isCode = (error: Error): error is Error & { readonly code: ErrorCode; readonly details?: ErrorDetails } =>
  error.name === 'AppError' && 'code' in error && typeof error.code === 'string' && Object.hasOwn(errors, error.code)
