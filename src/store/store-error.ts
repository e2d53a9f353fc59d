import { AppError } from '#engine/model/app-error'

/** SQLSTATEs, or their classes, after which another try may succeed: the server is away, full of work, or changing its role. */
const unavailable = /^(08...|57P..|57014|53[023]00|55P03|25006|40001|40P01|23503)$/
const full = /^(53100|58030)$/
const away = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|P1001|P1002|P1008|P1017|P2024|P2028)/
const told =
  /timeout|timed out|connection (terminated|ended|error)|client has encountered a connection error|embedded database|pool after calling end/i
const adapterKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
  'TlsConnectionError',
])

interface Described {
  readonly code: string
  readonly kind: string
  readonly message: string
}

/**
 * An error of the driver, of Prisma or of the embedded database in the service's vocabulary: STORAGE_FULL or
 * STORE_UNAVAILABLE; anything else is a bug and comes back as it is.
 */
export function storeError(error: unknown): unknown {
  if (error instanceof AppError) return error
  for (const { code, kind, message } of described(error)) {
    if (full.test(code) || /no space left/i.test(message)) return new AppError('STORAGE_FULL', 'the database has no space left')
    if (unavailable.test(code) || away.test(code) || adapterKinds.has(kind) || told.test(message)) {
      return new AppError('STORE_UNAVAILABLE', 'the database did not answer; nothing is known to be lost, try again')
    }
  }
  return error
}

/** The SQLSTATE of a driver's error, or the empty string: Prisma's codes and the system's (`EPIPE`) have five characters too. */
export const sqlState = (error: unknown): string =>
  described(error)
    .map(({ code }) => code)
    .find((code) => /^([0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/.test(code)) ?? ''

/** Runs a piece of work and puts its errors into the service's vocabulary. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storeError(error)
  }
}

/** Prisma wraps the adapter's error, and that one the driver's: all of them, outermost first. */
function described(error: unknown): readonly Described[] {
  const found: Described[] = []
  let current: unknown = error
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
    const each: Record<string, unknown> = { ...current }
    const text = (key: string): string => (typeof each[key] === 'string' ? each[key] : '')
    found.push({
      code: text('originalCode') || text('code'),
      kind: text('kind'),
      message: current instanceof Error ? current.message : text('originalMessage'),
    })
    current = (current instanceof Error ? current.cause : undefined) ?? each['cause'] ?? each['meta'] ?? each['driverAdapterError']
  }
  return found
}
