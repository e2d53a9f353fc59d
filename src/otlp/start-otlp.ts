import { diag, type DiagLogger, DiagLogLevel } from '@opentelemetry/api'
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto'
import { detectResources, envDetector, type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Config } from '#config'
import type { Telemetry } from '#telemetry'
import { createTracing } from './create-tracing.js'
import { produceMetrics } from './produce-metrics.js'
import type { Tracing } from './tracing.js'
import { whatIsExported } from './what-is-exported.js'

/** What is sent to a collector, until it is stopped. */
export interface Otlp {
  /** Absent: traces are not exported. */
  readonly tracing: Tracing | undefined
  /** Sends what is left, as long as a collector that does not answer is waited for. */
  stop(): Promise<void>
}

/** The longest that a process which is stopping waits for its collector, in milliseconds. */
const farewell = 3_000

/** Traces and metrics, sent to a collector by the variables of OpenTelemetry, which its packages read where `config` does not say otherwise. */
export function startOtlp(config: Config, { registry, logger }: Telemetry, version: string): Otlp {
  diag.setLogger(toLog(logger), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  const own = { 'service.name': config.OTEL_SERVICE_NAME, 'service.version': version, 'service.instance.id': crypto.randomUUID() }
  const resource = resourceFromAttributes(own).merge(detectResources({ detectors: [envDetector] }))
  const exported = whatIsExported(config)
  const traces = exported.traces ? startTraces(config, resource) : undefined
  const metrics = exported.metrics ? startMetrics(config, resource, registry) : undefined
  return {
    tracing: traces && createTracing(traces.getTracer('sightline', version)),
    stop: async () => {
      const sent = Promise.allSettled([traces?.shutdown(), metrics?.shutdown()])
      await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, farewell).unref())])
      diag.disable()
    },
  }
}

function startTraces({ OTEL_EXPORTER_OTLP_PROTOCOL }: Config, resource: Resource): BasicTracerProvider {
  const exporter = OTEL_EXPORTER_OTLP_PROTOCOL === 'http/json' ? new JsonTraces() : new ProtobufTraces()
  return new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] })
}

function startMetrics(config: Config, resource: Resource, registry: Telemetry['registry']): MeterProvider {
  const exporter = config.OTEL_EXPORTER_OTLP_PROTOCOL === 'http/json' ? new JsonMetrics() : new ProtobufMetrics()
  const exportIntervalMillis = config.OTEL_METRIC_EXPORT_INTERVAL
  const exportTimeoutMillis = Math.min(config.OTEL_EXPORTER_OTLP_TIMEOUT, exportIntervalMillis)
  const metricProducers = [produceMetrics(registry, resource)]
  return new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis, metricProducers })],
  })
}

/** What the packages complain about: a collector that is away is a warning, and never a fault of the service. */
function toLog(logger: Telemetry['logger']): DiagLogger {
  const warn = (message: string): void => logger.warn({ detail: message.slice(0, 1_000) }, 'telemetry')
  const nothing = (): void => {}
  return { error: warn, warn, info: nothing, debug: nothing, verbose: nothing }
}
