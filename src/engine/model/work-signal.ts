import { AppError } from './app-error.js'

/**
 * Memory that two threads share about one piece of work: whether it is still wanted, and how far it is.
 *
 * A thread that works hears no message until it is done; it looks here between its steps.
 */
export type WorkSignal = SharedArrayBuffer

/** Told before each step of long work; throws where it is no longer wanted. */
export type Watch = (done: number, total: number) => void

const places = { cancelled: 0, done: 1, total: 2 } as const

const cellsOf = (signal: WorkSignal): Int32Array => new Int32Array(signal)

export const createWorkSignal = (): WorkSignal => new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)

export const cancelWork = (signal: WorkSignal): void => void Atomics.store(cellsOf(signal), places.cancelled, 1)

/** Steps that are done, of how many; 0 of 0 before it is known. */
export function progressOf(signal: WorkSignal): { readonly done: number; readonly total: number } {
  const cells = cellsOf(signal)
  return { done: Atomics.load(cells, places.done), total: Atomics.load(cells, places.total) }
}

/** Writes down how far the work is, and ends it with CANCELLED where somebody asked for that. */
export function watchWork(signal: WorkSignal | undefined, also?: Watch): Watch {
  const cells = signal === undefined ? undefined : cellsOf(signal)
  return (done, total) => {
    also?.(done, total)
    if (cells === undefined) return
    if (Atomics.load(cells, places.cancelled) === 1) throw new AppError('CANCELLED', 'the work was cancelled before it was done')
    Atomics.store(cells, places.done, done)
    Atomics.store(cells, places.total, total)
  }
}
