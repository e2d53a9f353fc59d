import type { FastifyInstance } from 'fastify'
import { checkReadiness } from '#operations/check-readiness'
import type { Means } from '#operations/dependencies'

export interface HealthDependencies extends Means {
  /** True from the moment the process was asked to stop. */
  readonly isDraining: () => boolean
}

/** Whether the process lives, and whether it should be sent requests: answered to any host, and never turned away as load. */
export function registerHealth(app: FastifyInstance, dependencies: HealthDependencies): void {
  const { isDraining } = dependencies
  const always = { config: { pressureHandler: () => {}, anyHost: true }, logLevel: 'error', schema: { hide: true } } as const

  app.get('/livez', always, async () => ({ status: 'ok' }))

  app.get('/readyz', always, async (_request, reply) => {
    const readiness = await checkReadiness(dependencies)
    const draining = isDraining()
    const ready = readiness.ready && !draining
    return reply.code(ready ? 200 : 503).send({ ...readiness, ready, draining })
  })
}
