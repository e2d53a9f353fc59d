import { constants, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { resourceLimits } from 'node:worker_threads'

/**
 * Tells, after each full collection of this thread's garbage, which share of its largest heap is in use still.
 *
 * A thread's heap is that for objects that last: what there is for others besides does not help who fills it.
 */
export function whenCollected(tell: (fill: number) => void): void {
  const { maxOldGenerationSizeMb: megabytes } = resourceLimits
  const own = megabytes === undefined ? undefined : megabytes * 1024 * 1024
  const observer = new PerformanceObserver((list) => {
    if (!list.getEntries().some(isFull)) return
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
    tell(used / (own ?? limit))
  })
  observer.observe({ entryTypes: ['gc'] })
}

/** Of an entry its type does not tell that it has this. */
interface Collection {
  readonly detail?: { readonly kind?: number }
}

const isFull = (entry: PerformanceEntry): boolean => (entry as Collection).detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR
