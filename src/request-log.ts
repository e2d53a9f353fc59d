import type { FastifyInstance } from 'fastify'
import type { Telemetry } from '#telemetry'

/** Times every request by its route, and logs it: reading as detail, writing and failing as what an operator wants to see. */
export function watchRequests(app: FastifyInstance, { httpSeconds }: Telemetry): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'unknown'
    const status = reply.statusCode
    httpSeconds.observe({ method, route, status: String(status) }, reply.elapsedTime / 1000)
    const level = status >= 500 ? 'error' : status >= 400 || method === 'PUT' || method === 'DELETE' || status === 201 ? 'info' : 'debug'
    request.log[level]({ method, route, status, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'request')
  })
}
