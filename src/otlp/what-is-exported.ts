import type { Config } from '#config'

/** Are traces sent to a collector? */
export const exportsTraces = (config: Config): boolean =>
  isOn(config) && config.OTEL_TRACES_EXPORTER === 'otlp' && has(config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, config)

/** Are metrics? */
export const exportsMetrics = (config: Config): boolean =>
  isOn(config) && config.OTEL_METRICS_EXPORTER === 'otlp' && has(config.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, config)

const isOn = ({ OTEL_SDK_DISABLED }: Config): boolean => !OTEL_SDK_DISABLED
const has = (own: string | undefined, { OTEL_EXPORTER_OTLP_ENDPOINT }: Config): boolean =>
  (own ?? OTEL_EXPORTER_OTLP_ENDPOINT) !== undefined
