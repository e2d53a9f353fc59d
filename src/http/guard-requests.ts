import type { FastifyInstance, FastifyRequest } from 'fastify'
import { admit } from '#access/admit'
import type { Caller } from '#access/caller'
import { routeRow } from '#access/route-row'

/**
 * Knows every request's caller before its body is taken, and turns away who may not go there: with the answer that the operation would give.
 *
 * A route that nobody has said who may use it is refused when it is registered. Call before routes are added.
 */
export function guardRequests(
  app: FastifyInstance,
  identify: (request: FastifyRequest) => Promise<Caller>,
): (request: FastifyRequest) => Caller {
  const callers = new WeakMap<FastifyRequest, Caller>()
  app.addHook('onRoute', (route) => {
    if (routeRow(route) === undefined)
      throw new Error(`nobody has said who may use ${[route.method].flat().join()} ${route.url}: access/permissions.ts`)
  })
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const row = routeRow(request.routeOptions)
    if (row === 'OPEN') return
    const caller = await identify(request)
    callers.set(request, caller)
    if (row !== undefined && row !== 'CALLER') admit(caller, row, topologyOf(request))
  })
  return (request) => {
    const caller = callers.get(request)
    if (caller === undefined) throw new Error(`nobody knows who asks ${request.method} ${request.routeOptions.url}`)
    return caller
  }
}

/** The topology in the address, where there is one. */
const topologyOf = ({ params }: FastifyRequest): string | undefined => (params as { readonly name?: string } | undefined)?.name
