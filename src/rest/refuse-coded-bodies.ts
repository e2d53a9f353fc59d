import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'

/** Refuses bodies that are packed, or in an encoding other than UTF-8, rather than misreading their bytes. */
export function refuseCodedBodies(scope: FastifyInstance): void {
  scope.addHook('onRequest', async ({ headers }) => {
    const coding = headers['content-encoding'] ?? 'identity'
    if (coding !== 'identity')
      throw unsupported(`a body with the content coding \`${coding.slice(0, 40)}\` is not taken here: send it plain`)
    const charset = charsetOf(headers)
    if (charset !== 'utf-8' && charset !== 'utf8') throw unsupported(`a body in \`${charset.slice(0, 40)}\` is not taken here: send UTF-8`)
  })
}

const unsupported = (message: string): AppError => new AppError('MEDIA_TYPE_UNSUPPORTED', message)

const charsetOf = (headers: FastifyRequest['headers']): string =>
  (/;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8').toLowerCase()
