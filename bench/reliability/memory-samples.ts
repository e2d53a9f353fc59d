import { appendFileSync } from 'node:fs'
import { ask } from './ask.js'
import { type SenSlope, senSlope } from './sen-slope.js'

/** What the process held at a moment, in megabytes; the minute counts from the start of the load. */
export interface Sample {
  readonly minute: number
  readonly resident: number
  readonly heap: number
  readonly external: number
  readonly files: number
  /** Seconds of processor time since the start. */
  readonly processor: number
}

const figures = {
  resident: 'process_resident_memory_bytes',
  heap: 'nodejs_heap_size_used_bytes',
  external: 'nodejs_external_memory_bytes',
  files: 'process_open_fds',
  processor: 'process_cpu_seconds_total',
}

/** Reads `/metrics`; undefined where the service is too busy to say. */
export async function takeSample(port: number, token: string, minute: number): Promise<Sample | undefined> {
  const { status, text } = await ask(port, { path: '/metrics', token })
  if (status !== 200) return undefined
  const read = (name: string, unit = 1e6): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]) / unit
  return {
    minute,
    resident: read(figures.resident),
    heap: read(figures.heap),
    external: read(figures.external),
    files: read(figures.files, 1),
    processor: read(figures.processor, 1),
  }
}

/** Adds a line of comma-separated values to the file; the first one says what they are. */
export function keepSample(file: string, sample: Readonly<Record<string, number>>, isFirst: boolean): void {
  if (isFirst) appendFileSync(file, `${Object.keys(sample).join()}\n`)
  appendFileSync(
    file,
    `${Object.values(sample)
      .map((value) => value.toFixed(2))
      .join()}\n`,
  )
}

/** Megabytes an hour: a robust line through the least value of each minute, from one minute on. */
export function growth(samples: readonly (readonly [minute: number, megabytes: number])[], from: number): SenSlope {
  const least = new Map<number, number>()
  for (const [minute, megabytes] of samples) {
    const whole = Math.floor(minute)
    if (whole >= from) least.set(whole, Math.min(megabytes, least.get(whole) ?? Number.POSITIVE_INFINITY))
  }
  const line = senSlope([...least])
  return { slope: line.slope * 60, least: line.least * 60, most: line.most * 60, alike: line.alike }
}
