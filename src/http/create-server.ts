import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import type { Config } from '#config'
import { answerFailure } from '#rest/problem'
import type { Telemetry } from '#telemetry'
import { answerMalformed, refuseUnreadable } from './answer-malformed.js'
import { endSlowReaders } from './end-slow-readers.js'
import { endSlowSenders } from './end-slow-senders.js'
import { makeRoom } from './make-room.js'
import { oneAtATime } from './one-at-a-time.js'
import { securityHeaders } from './security-headers.js'

const mostConnections = 2_000
const longestUnreadMs = 15_000

/** Bytes of a body that brings no document. */
export const jsonBody = 1024 * 1024

/** A server that nobody may keep busy by being slow, large, idle or wrong (Fastify has none of these limits by default). */
export function createServer({ REQUEST_TIMEOUT_MS }: Config, { logger }: Telemetry): FastifyInstance {
  const app: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: jsonBody,
    requestTimeout: 0, // of bodies, as they go on: below
    keepAliveTimeout: 65_000,
    maxRequestsPerSocket: 10_000,
    routerOptions: { maxParamLength: 1_024 },
    frameworkErrors: (error, request, reply) => void answerFailure(error, request as never, reply.headers(securityHeaders) as never),
    clientErrorHandler: refuseUnreadable,
    http: {
      headersTimeout: Math.min(10_000, REQUEST_TIMEOUT_MS || 10_000),
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
      requireHostHeader: false, // asked for where every name is looked at, which also says so in a problem document
    },
    genReqId: () => crypto.randomUUID(),
  })
  makeRoom(app.server, mostConnections)
  app.server.maxConnections = mostConnections + 100
  answerMalformed(app.server)
  oneAtATime(app)
  endSlowReaders(app, longestUnreadMs)
  endSlowSenders(app.server, REQUEST_TIMEOUT_MS)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(securityHeaders)
    done()
  })
  return app
}
