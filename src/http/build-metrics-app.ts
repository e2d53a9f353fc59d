import type { FastifyInstance } from 'fastify'
import type { Config } from '#config'
import { registerMetrics } from '#rest/metrics'
import { setProblemHandlers } from '#rest/problem'
import { watchRoutes } from '#rest/unknown-address'
import type { Telemetry } from '#telemetry'
import { createServer } from './create-server.js'
import { refuseForeignHosts } from './refuse-foreign-hosts.js'

/** The listener of `METRICS_PORT`: figures and nothing else, for whoever reaches it, by whatever name. */
export function buildMetricsApp(config: Config, telemetry: Telemetry): FastifyInstance {
  const app = createServer(config, telemetry)
  watchRoutes(app)
  setProblemHandlers(app)
  refuseForeignHosts(app, 'ANY')
  registerMetrics(app, telemetry)
  return app
}
