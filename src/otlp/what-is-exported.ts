import type { Config } from '#config'

/** Which of the two are sent to a collector. */
export function whatIsExported(config: Config): { readonly traces: boolean; readonly metrics: boolean } {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER, OTEL_EXPORTER_OTLP_ENDPOINT } = config
  const goes = (exporter: string, own: string | undefined): boolean =>
    !OTEL_SDK_DISABLED && exporter === 'otlp' && (own ?? OTEL_EXPORTER_OTLP_ENDPOINT) !== undefined
  return {
    traces: goes(OTEL_TRACES_EXPORTER, config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
    metrics: goes(OTEL_METRICS_EXPORTER, config.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT),
  }
}
