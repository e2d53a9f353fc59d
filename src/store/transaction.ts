import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { AppError } from '#engine/model/app-error'
import { sqlState, storeError } from './store-error.js'

/** What a transaction comes to, and whether its changes stay. */
export interface Concluded<T> {
  readonly value: T
  readonly commit: boolean
}

export const commit = <T>(value: T): Concluded<T> => ({ value, commit: true })
export const rollBack = <T>(value: T): Concluded<T> => ({ value, commit: false })

const attempts = 5
/** Another transaction was in the way: serialization, deadlock, lock wait, or a row it removed under us. */
const inTheWay = /^(40001|40P01|55P03|23503|23001)$/

/**
 * Runs `work` in one READ COMMITTED transaction, again when another transaction was in the way.
 *
 * INVARIANT: work uses only the client it is given; on the embedded database another query would wait for this one.
 *
 * A connection lost while COMMIT was under way leaves the outcome unknown. With `repeatable` (work finds its own earlier
 * commit) it is run again to learn it; otherwise STORE_UNAVAILABLE says so, never success.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Concluded<T>>,
  repeatable = false,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(pool, work)
    if (!('error' in outcome)) return outcome.value
    const again = inTheWay.test(sqlState(outcome.error)) || (outcome.committing && repeatable)
    if (again && attempt < attempts) {
      await pause(5 * attempt)
      continue
    }
    if (outcome.committing && sqlState(outcome.error) === '') {
      throw new AppError('STORE_UNAVAILABLE', 'the connection was lost while storing: read the newest version before trying again')
    }
    throw storeError(outcome.error)
  }
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown; readonly committing: boolean }

async function once<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Concluded<T>>): Promise<Outcome<T>> {
  let client: pg.PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    return { error, committing: false }
  }
  let committing = false
  try {
    await client.query('BEGIN')
    const concluded = await work(client)
    committing = concluded.commit
    await client.query(concluded.commit ? 'COMMIT' : 'ROLLBACK')
    client.release()
    return { value: concluded.value }
  } catch (error) {
    await abandon(client, error)
    return { error, committing }
  }
}

/** A connection that gave no proper answer may still be in the middle of something: it is closed, not reused. */
async function abandon(client: pg.PoolClient, error: unknown): Promise<void> {
  if (sqlState(error) === '') return client.release(true)
  const ended = await client.query('ROLLBACK').then(
    () => true,
    () => false,
  )
  client.release(!ended)
}
