import { readFile } from 'node:fs/promises'
import type { Config } from '#config'
import type { Telemetry } from '#telemetry'
import type { Otlp } from './start-otlp.js'
import { whatIsExported } from './what-is-exported.js'

const packageFile = new URL('../../package.json', import.meta.url)

/** Sends traces and metrics to a collector, where one is configured; only then is anything of OpenTelemetry loaded. */
export async function openOtlp(config: Config, telemetry: Telemetry): Promise<Otlp | undefined> {
  const { traces, metrics } = whatIsExported(config)
  if (!traces && !metrics) return undefined
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { readonly version: string }
  const { startOtlp } = await import('./start-otlp.js')
  return startOtlp(config, telemetry, version)
}
