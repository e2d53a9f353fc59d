import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'

/** Bytes in which what lives long is kept, and how many these may become. */
export interface Heap {
  readonly used: number
  readonly limit: number
}

/** Milliseconds between two looks, which are not for nothing. */
const lookEvery = 50
/** Share of the heap that may live on: beyond it the collector runs again and again, and in the end the thread with all that it was doing. */
const most = 0.85

/**
 * Is what lives in this thread's heap nearly all that it can hold?
 *
 * What is used holds garbage too. It falls only when that was collected, and what is used then lives: so long as it has not fallen nobody knows.
 */
export function fullHeap(now: () => number, heapOf: () => Heap = ownHeap): () => boolean {
  let [looked, before, isFull] = [-Infinity, 0, false]
  return () => {
    if (now() - looked < lookEvery) return isFull
    looked = now()
    const { used, limit } = heapOf()
    isFull = used > most * limit && (isFull || used < before)
    before = used
    return isFull
  }
}

/** Without the spaces of what is new, which are collected all the time. */
function ownHeap(): Heap {
  let used = 0
  for (const { space_name: name, space_used_size: size } of getHeapSpaceStatistics()) if (!name.startsWith('new_')) used += size
  return { used, limit: getHeapStatistics().heap_size_limit }
}
