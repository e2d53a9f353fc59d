import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] as const
const routeTables = new WeakMap<FastifyInstance, Map<string, RegExp[]>>()

/** Remembers every route of `app`, so that a known path asked with another method is answered 405, not 404. Call before routes are added. */
export function watchRoutes(app: FastifyInstance): void {
  const table = new Map<string, RegExp[]>()
  routeTables.set(app, table)
  app.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(
      `^${url
        .replaceAll(/[.+()]/g, '\\$&')
        .replaceAll(/:[a-z]+/gi, '[^/]+')
        .replaceAll('*', '.*')}$`,
    )
    for (const one of [method].flat()) table.set(one, [...(table.get(one) ?? []), pattern])
  })
}

/** What to say of an address that no route answers, with `Allow` where one would for another method. */
export function unknownAddress(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): AppError {
  const path = request.url.split('?')[0] ?? '/'
  const allowed = methods.filter((method) =>
    routeTables
      .get(app)
      ?.get(method)
      ?.some((pattern) => pattern.test(path)),
  )
  if (allowed.length === 0 || allowed.some((method) => method === request.method))
    return new AppError('NOT_FOUND', `there is nothing at \`${path.slice(0, 200)}\``)
  reply.header('allow', allowed.join(', '))
  return new AppError('METHOD_NOT_ALLOWED', `\`${request.method}\` is not allowed here; allowed: ${allowed.join(', ')}`)
}
