import { Worker } from 'node:worker_threads'
import { AppError } from '#engine/model/app-error'
import { afterRunning } from './after-running.js'
import type { ProtocolHost } from './protocol-host.js'

export interface HostLimits {
  /** Milliseconds for the first start or recovery of the data directory. */
  readonly opening: number
  /** Milliseconds for one answer, in which this process runs; no query of ours takes a fraction of it. */
  readonly answer: number
}

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: Error) => void
  readonly callOff: () => void
}

interface Answer {
  readonly id: number
  readonly bytes: Uint8Array
  readonly problem: string | undefined
}

/**
 * Starts PGlite in a worker thread and speaks the wire protocol with it.
 *
 * PGlite heeds no statement timeout, and after a full disk its next query never returns: an answer that does not come
 * within the limit ends the worker, fails everything that waits, and calls `onFailure` once; only a new process recovers.
 * Rejects with STORE_UNUSABLE where the directory's files are not a database that it can open.
 */
export async function startPgliteHost(dataDir: string, limits: HostLimits, onFailure: (error: Error) => void): Promise<ProtocolHost> {
  const worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), { name: 'database', workerData: { dataDir }, execArgv: [] })
  await opened(worker, limits.opening, dataDir)
  const waiting = new Map<number, Waiting>()
  let next = 0
  let failure: Error | undefined

  const fail = (error: Error): void => {
    if (failure) return
    failure = error
    void worker.terminate()
    for (const { reject, callOff } of waiting.values()) {
      callOff()
      reject(error)
    }
    waiting.clear()
    onFailure(error)
  }
  worker.on('message', ({ id, bytes, problem }: Answer) => {
    const one = waiting.get(id)
    if (!one) return
    waiting.delete(id)
    one.callOff()
    if (problem === undefined) one.resolve(bytes)
    else one.reject(new Error(problem))
  })
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => fail(new Error('the embedded database has stopped')))

  const exchange = (messages: Uint8Array, limit = limits.answer): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure)
      const late = (): void => fail(new Error(`the embedded database gave no answer within ${limit} ms`))
      const id = next++
      waiting.set(id, { resolve, reject, callOff: afterRunning(limit, late) })
      const bytes = messages.slice()
      worker.postMessage({ id, bytes }, [bytes.buffer])
    })
  const close = async (): Promise<void> => {
    if (failure) return
    failure = new Error('the embedded database is closed')
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    worker.postMessage(null)
    const callOff = afterRunning(limits.answer, () => void worker.terminate())
    await ended
    callOff()
  }
  return { exchange, close }
}

async function opened(worker: Worker, limit: number, dataDir: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const callOff = afterRunning(limit, () => settle(new Error(`the embedded database did not open within ${limit} ms`)))
    const onMessage = (): void => settle()
    const onError = (error: unknown): void => settle(unusable(dataDir, error))
    const onExit = (): void => settle(new Error('the embedded database stopped while opening'))
    const settle = (error?: Error): void => {
      callOff()
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      if (!error) return resolve()
      void worker.terminate()
      reject(error)
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
  })
}

const unusable = (dataDir: string, error: unknown): AppError =>
  new AppError(
    'STORE_UNUSABLE',
    `the database in \`${dataDir}\` cannot be opened: its files are not whole, or not this user's own (${error instanceof Error ? error.message : String(error)})`,
  )
