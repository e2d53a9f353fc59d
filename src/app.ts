import { getHeapStatistics } from 'node:v8'
import cors from '@fastify/cors'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createLeasedCounts } from '#access/leased-counts'
import { createDenialBook } from '#access/denial-book'
import type { Identify } from '#access/identify'
import type { Config } from '#config'
import { AppError } from '#engine/model/app-error'
import { registerGraphql } from '#graphql/register-graphql'
import { registerHealth } from '#rest/health'
import { registerMetrics } from '#rest/metrics'
import { prepareRest, registerRest } from '#rest/register-rest'
import type { Dependencies, Means } from '#operations/dependencies'
import type { Telemetry } from '#telemetry'
import type { Tracing } from './otlp/tracing.js'
import { allowedHosts } from './http/allowed-hosts.js'
import { createServer } from './http/create-server.js'
import { guardRequests } from './http/guard-requests.js'
import { limitRates } from './http/limit-rates.js'
import { watchLeaving } from './http/leaving.js'
import { refuseForeignHosts } from './http/refuse-foreign-hosts.js'
import { prepareDocs, serveDocs } from './serve-docs.js'
import { publishedLimits } from './published-limits.js'
import { watchRequests } from './watch-requests.js'

export interface AppDependencies extends Means {
  readonly config: Config
  readonly telemetry: Telemetry
  /** Absent: nothing is traced. */
  readonly tracing?: Tracing | undefined
  /** Who sends a request; refused where that is not known. */
  readonly identify: Identify
  /** True from the moment the process was asked to stop. */
  readonly isDraining: () => boolean
}

/** The service without its socket: what is registered, in order, each part with what it needs and no more. */
export async function buildApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const { config, telemetry, tracing, identify, store, analyst, now, isDraining } = dependencies
  const app = createServer(config, telemetry)
  watchRequests(app, telemetry)
  tracing?.traceRequests(app)
  prepareRest(app)
  refuseForeignHosts(app, allowedHosts(config))
  await protect(app, config)
  await prepareDocs(app)
  const denials = createDenialBook(store, (error) => app.log.warn({ err: error }, 'refusals could not be told to the store'))
  app.addHook('onClose', () => denials.close())
  const { AUTH, RATE_LIMIT } = config
  const limitRate =
    AUTH === 'none' || RATE_LIMIT === 0 ? undefined : await limitRates(app, RATE_LIMIT, createLeasedCounts(store, RATE_LIMIT))
  const callerOf = guardRequests(app, identify, { denials, limitRate })
  const leavingOf = watchLeaving(app)
  const of = (request: FastifyRequest): Dependencies => {
    const caller = callerOf(request)
    return { store, analyst: analyst.as({ client: caller.key, onLeave: leavingOf(request) }), now, caller }
  }
  registerHealth(app, { store, analyst, now, isDraining })
  if (config.METRICS_PORT === undefined) registerMetrics(app, telemetry)
  await registerRest(app, { of, now, limits: publishedLimits(config) })
  await registerGraphql(app, of, config.ANSWER_LIMIT)
  await serveDocs(app, config)
  return app
}

/** Turns load away before it piles up, and lets only stated origins in from other pages. */
async function protect(app: FastifyInstance, { CORS_ORIGINS, EVENT_LOOP_DELAY_MS }: Config): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: EVENT_LOOP_DELAY_MS,
    maxHeapUsedBytes: Math.floor(getHeapStatistics().heap_size_limit * 0.9),
    pressureHandler: async () => {
      throw new AppError('OVERLOADED', 'the service is busy; try again')
    },
  })
  if (CORS_ORIGINS.length > 0) {
    await app.register(cors, {
      origin: CORS_ORIGINS.includes('*') ? '*' : [...CORS_ORIGINS],
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      exposedHeaders: ['ETag', 'Location', 'Link'],
    })
  }
}
