import type { Figure } from './figure.js'
import { median } from './median.js'
import type { Delay, RunningService } from './service.js'

const idleMs = 3_000

/** Collects the main thread's event-loop delay while things are done, by what is done. */
export interface DelayWatch {
  during<T>(what: string, service: RunningService, work: () => Promise<T>): Promise<T>
  idle(service: RunningService): Promise<void>
  figures(): readonly Figure[]
}

/** (e) The 99.9th percentile of each activity, the median of its rounds, above that of the idle service. */
export function createDelayWatch(): DelayWatch {
  const seen = new Map<string, number[]>()
  const during: DelayWatch['during'] = async (what, service, work) => {
    await service.ask('resetDelay')
    const result = await work()
    const { p999 } = await service.ask<Delay>('delay')
    seen.set(what, [...(seen.get(what) ?? []), p999])
    return result
  }
  return {
    during,
    idle: (service) => during('idle', service, () => new Promise((resolve) => setTimeout(resolve, idleMs))),
    figures: () => {
      const idle = median(seen.get('idle') ?? [])
      return [...seen]
        .filter(([what]) => what !== 'idle')
        .map(([what, values]) => ({
          name: `(e) event-loop delay p99.9 above idle: ${what}`,
          measured: median(values) - idle,
          target: 50,
          holds: 'AT_MOST',
          unit: ' ms',
          detail: `rounds ${values.map((value) => value.toFixed(0)).join(' ')} ms, idle ${idle.toFixed(1)} ms`,
        }))
    },
  }
}
