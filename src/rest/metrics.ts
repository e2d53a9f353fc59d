import type { FastifyInstance } from 'fastify'
import type { Telemetry } from '#telemetry'

/** Figures for Prometheus; never turned away as load. */
export function registerMetrics(app: FastifyInstance, { registry }: Pick<Telemetry, 'registry'>): void {
  const always = { config: { pressureHandler: () => {} }, logLevel: 'error', schema: { hide: true } } as const
  app.get('/metrics', always, async (_request, reply) => {
    const text = await registry.metrics()
    return reply.type(registry.contentType).send(text)
  })
}
