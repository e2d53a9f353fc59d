import type { Meta } from '../meta.js'
import { findFlag, type Raw, type Reading, readList, readObject, readText } from '../reading.js'
import { readScopedPolicy, type ScopedPolicy } from './scoped-policy.js'

/** One entry of a part of a Telemetry: to which providers it goes. */
export interface TelemetryEntry {
  readonly part: 'tracing' | 'metrics' | 'accessLogging'
  readonly providers: readonly string[]
  readonly disabled: boolean
  readonly path: string
}

/** What proxies report, and to whom: no call is decided by it, so only its reach and its providers are read. */
export interface Telemetry extends ScopedPolicy {
  readonly entries: readonly TelemetryEntry[]
}

const readEntry =
  (part: TelemetryEntry['part']) =>
  (reading: Reading, item: Raw, at: string): TelemetryEntry => ({
    part,
    providers: readList(reading, item, 'providers', at, (inner, provider, where) => readText(inner, provider, 'name', where)),
    disabled: findFlag(reading, item, part === 'tracing' ? 'disableSpanReporting' : 'disabled', at) ?? false,
    path: at,
  })

export const readTelemetry = (reading: Reading, raw: Raw, meta: Meta): Telemetry => {
  const spec = readObject(reading, raw, 'spec', '')
  const entries = (['tracing', 'metrics', 'accessLogging'] as const).flatMap((part) =>
    readList(reading, spec, part, 'spec', readEntry(part)),
  )
  return { ...readScopedPolicy(reading, raw, meta), entries }
}
