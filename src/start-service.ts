import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Analyst } from '#analyst/analyst'
import { createWorkerAnalyst } from '#analyst/worker-analyst'
import type { Config } from '#config'
import { operator } from '#access/operator'
import type { Dependencies, Means } from '#operations/dependencies'
import { openStore } from '#store/open-store'
import type { Store } from '#store/store'
import { createTelemetry, type Telemetry } from '#telemetry'
import { buildApp } from './app.js'
import { buildMetricsApp } from './http/build-metrics-app.js'
import { forgetAudit } from './forget-audit.js'
import { identifyCallers } from './identify-callers.js'
import { observedAnalyst, observedStore } from './observed-analyst.js'
import { openOtlp } from './otlp/open-otlp.js'

/** The running service. */
export interface Service {
  readonly url: string
  readonly telemetry: Telemetry
  /** For what runs in the same process, such as the demo. */
  readonly dependencies: Dependencies
  /** Says not ready, lets requests finish, and lets go of everything. */
  stop(): Promise<void>
}

/** Telemetry → store → analyst → app → listen; what was opened is closed again when a later step fails. */
export async function startService(config: Config, onFailure: (error: Error) => void): Promise<Service> {
  const telemetry = createTelemetry({ level: config.LOG_LEVEL })
  const { logger } = telemetry
  const otlp = await openOtlp(config, telemetry)
  const tracing = otlp?.tracing
  if (config.INSECURE_OPEN)
    logger.warn({ host: config.HOST }, 'INSECURE_OPEN: everyone who can reach this address may read, write and delete everything')
  const store = await openStore({ url: config.DATABASE_URL, dataDir: config.DATA_DIR, onFailure })
  if (store.kind === 'EMBEDDED')
    logger.info({ dataDir: config.DATA_DIR }, 'embedded store: one process, safe from its end, not from power loss')
  const analyst = startAnalyst(config, telemetry)
  telemetry.watchAnalyst(() => analyst.health())
  const means: Means = {
    store: observedStore(store, telemetry, tracing),
    analyst: observedAnalyst(analyst, telemetry, tracing),
    now: () => Date.now(),
  }
  const release = async (): Promise<void> => void (await Promise.allSettled([analyst.close(), store.close(), otlp?.stop()]))
  let draining = false
  try {
    const identify = await identifyCallers(config, means)
    await warmUp(store)
    const app = await buildApp({ ...means, identify, config, telemetry, tracing, isDraining: () => draining })
    const metrics = await serveMetrics(config, telemetry)
    app.addHook('onClose', async () => metrics?.app.close())
    await app.listen({ host: config.HOST, port: config.PORT })
    const url = urlOf(app.server.address() as AddressInfo)
    logger.info({ url, metrics: metrics?.url, store: store.kind }, 'listening')
    const stopForgetting = forgetAudit(store, config.AUDIT_DAYS, (error) =>
      logger.warn({ err: error }, 'old entries of the audit are still there'),
    )
    const stop = async (): Promise<void> => {
      draining = true
      await new Promise((resolve) => setTimeout(resolve, config.SHUTDOWN_DELAY_MS))
      // A connection whose last answer was under way stays open for the next request, which must not come any more.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50)
      await app.close()
      clearInterval(idle)
      stopForgetting()
      await release()
      logger.info('stopped')
    }
    return { url, telemetry, dependencies: { ...means, caller: operator }, stop }
  } catch (error) {
    await release()
    throw error
  }
}

const startAnalyst = (config: Config, { logger }: Telemetry): Analyst =>
  createWorkerAnalyst({
    threads: config.ANALYSIS_THREADS || undefined,
    heapMb: config.ANALYSIS_HEAP_MB,
    questionMs: config.QUESTION_TIMEOUT_MS,
    documentMs: config.DOCUMENT_TIMEOUT_MS,
    answerBytes: config.ANSWER_LIMIT,
    onFault: (fault) => logger.error({ fault }, 'analysis'),
  })

/** The first query of a kind loads and compiles for long enough to hold everybody up: before anybody waits. */
const warmUp = async (store: Store): Promise<unknown> =>
  Promise.all([
    store.findVersion('none', 'latest'),
    store.listVersions('none', { first: 1, after: undefined }),
    store.listTopologies({ first: 1, after: undefined }, ['*']),
  ])

/** The listener of figures alone, where one is asked for. */
async function serveMetrics(
  config: Config,
  telemetry: Telemetry,
): Promise<{ readonly app: FastifyInstance; readonly url: string } | undefined> {
  if (config.METRICS_PORT === undefined) return undefined
  const app = buildMetricsApp(config, telemetry)
  await app.listen({ host: config.HOST, port: config.METRICS_PORT })
  return { app, url: urlOf(app.server.address() as AddressInfo) }
}

/** An address that a person can open: every interface is reached by loopback as well. */
function urlOf({ address, family, port }: AddressInfo): string {
  const anywhere = address === '0.0.0.0' || address === '::'
  const host = anywhere ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}
