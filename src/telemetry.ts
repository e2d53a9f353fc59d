import { type Logger, pino } from 'pino'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the process says of itself: structured logs without bodies, and metrics. */
export interface Telemetry {
  readonly logger: Logger
  readonly registry: Registry
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>
  readonly questionSeconds: Histogram<'kind'>
  readonly questions: Counter<'kind' | 'outcome'>
  readonly appends: Counter<'result'>
  /** Reads how much waits for the analysis, whenever metrics are asked for. */
  watchAnalyst(health: () => { readonly ready: boolean; readonly waiting: number }): void
}

const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120]

export function createTelemetry({ level }: { readonly level: string }): Telemetry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    logger: createLogger(level),
    registry,
    httpSeconds: new Histogram({
      name: 'sightline_http_request_duration_seconds',
      help: 'Time from request to response by route',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    }),
    questionSeconds: new Histogram({
      name: 'sightline_analysis_duration_seconds',
      help: 'Time until the analysis answered, waiting included, by what was asked',
      labelNames: ['kind'],
      buckets,
      registers,
    }),
    questions: new Counter({
      name: 'sightline_analysis_total',
      help: 'Questions and documents given to the analysis; a problem is a request that it could not answer',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    appends: new Counter({
      name: 'sightline_appends_total',
      help: 'Versions appended, found unchanged, replayed, or refused because the head had moved on',
      labelNames: ['result'],
      registers,
    }),
    watchAnalyst: (health) => {
      gauge(registry, 'sightline_analysis_waiting', 'Requests that wait for the analysis', () => health().waiting)
      gauge(registry, 'sightline_analysis_ready', '1 while every analysis thread runs', () => Number(health().ready))
    },
  }
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) })
}

/** Nothing that could hold a document or a secret is among what is logged; these paths are a second wall. */
function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['req.headers', 'headers', 'body', '*.body', 'password', '*.password', 'DATABASE_URL', '*.DATABASE_URL'],
      remove: true,
    },
  })
}
