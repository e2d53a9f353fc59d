import type pg from 'pg'

/**
 * Keeps a lost connection from ending the process.
 *
 * The driver reports it twice: to the query that was waiting, which is how we hear of it, and as an event, which without
 * a listener is an uncaught exception. The pool listens only while a connection is idle, not while one is in use.
 */
export function outliveConnections(pool: pg.Pool): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
}
