import type { FastifyInstance } from 'fastify'
import { checkReadiness } from '#operations/check-readiness'
import type { Dependencies } from '#operations/dependencies'
import type { Telemetry } from '#telemetry'

export interface HealthDependencies extends Dependencies {
  readonly telemetry: Telemetry
  /** True from the moment the process was asked to stop. */
  readonly isDraining: () => boolean
}

/** Whether the process lives, whether it should be sent requests, and its metrics; none of these is ever turned away as load. */
export function registerHealth(app: FastifyInstance, dependencies: HealthDependencies): void {
  const { telemetry, isDraining } = dependencies
  const always = { config: { pressureHandler: () => {} }, logLevel: 'error', schema: { hide: true } } as const

  app.get('/livez', always, async () => ({ status: 'ok' }))

  app.get('/readyz', always, async (_request, reply) => {
    const readiness = await checkReadiness(dependencies)
    const draining = isDraining()
    const ready = readiness.ready && !draining
    return reply.code(ready ? 200 : 503).send({ ...readiness, ready, draining })
  })

  app.get('/metrics', always, async (_request, reply) => {
    const text = await telemetry.registry.metrics()
    return reply.type(telemetry.registry.contentType).send(text)
  })
}
