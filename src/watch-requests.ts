import type { FastifyInstance } from 'fastify'
import type { Telemetry } from '#telemetry'

/** Times every request by its route, and logs it: reading as detail, writing and failing as what an operator wants to see. */
export function watchRequests(app: FastifyInstance, { httpSeconds }: Telemetry): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'unknown'
    const status = reply.statusCode
    httpSeconds.observe({ method, route, status: String(status) }, reply.elapsedTime / 1000)
    const level = levelOf(method, status)
    request.log[level]({ method, route, status, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'request')
  })
}

/** 503 is said of load and of a service that is starting or stopping: not a fault of its own. */
function levelOf(method: string, status: number): 'error' | 'warn' | 'info' | 'debug' {
  if (status === 503) return 'warn'
  if (status >= 500) return 'error'
  return status >= 400 || status === 201 || method === 'PUT' || method === 'DELETE' ? 'info' : 'debug'
}
