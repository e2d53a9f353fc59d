import type { FastifyInstance, FastifyRequest } from 'fastify'
import { admit } from '#access/admit'
import type { Caller } from '#access/caller'
import type { DenialBook } from '#access/denial-book'
import type { Identify } from '#access/identify'
import { AppError } from '#engine/model/app-error'
import type { LimitRate } from './limit-rates.js'
import { routeRow } from '#access/route-row'

/**
 * Knows every request's caller before its body is taken, and turns away who may not go there: with the answer that the operation would give.
 *
 * A route that nobody has said who may use it is refused when it is registered. Call before routes are added.
 */
export function guardRequests(
  app: FastifyInstance,
  identify: Identify,
  { denials, limitRate }: { readonly denials: Pick<DenialBook, 'note'>; readonly limitRate?: LimitRate | undefined },
): (request: FastifyRequest) => Caller {
  // On the request itself: a WeakMap of what lives as long as a request costs the collector more than most requests.
  app.decorateRequest('caller', null)
  app.addHook('onRoute', (route) => {
    if (routeRow(route) === undefined)
      throw new Error(`nobody has said who may use ${[route.method].flat().join()} ${route.url}: access/permissions.ts`)
  })
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return
    const row = routeRow(request.routeOptions)
    if (row === 'OPEN') return
    const { ip: address } = request
    try {
      const known = await identify({ authorization: request.headers.authorization, address })
      const denied: NonNullable<Caller['denied']> = ({ deed, topology = null, code }) =>
        denials.note({ who: known.id, deed, address, topology, outcome: code })
      const caller = callerWith(known, denied)
      request.caller = caller
      await limitRate?.(request, reply)
      if (row !== undefined && row !== 'CALLER') admit(caller, row, topologyOf(request))
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') {
        reply.header('www-authenticate', challengeTo(request))
        denials.note({ who: 'unknown', deed: row ?? 'others', address, topology: null, outcome: error.code })
      }
      throw error
    }
  })
  return (request) => {
    const { caller } = request
    if (caller === null) throw new Error(`nobody knows who asks ${request.method} ${request.routeOptions.url}`)
    return caller
  }
}

/** Spread, it would be laid out anew by the runtime for each request. */
const callerWith = ({ id, key, address, scopes, topologies, tenants }: Caller, denied: NonNullable<Caller['denied']>): Caller => ({
  id,
  key,
  address,
  scopes,
  topologies,
  tenants,
  denied,
})

/** What a caller is to send (RFC 6750 §3); of a token that was sent, that it is none. */
const challengeTo = ({ headers }: FastifyRequest): string =>
  `Bearer realm="sightline"${headers.authorization === undefined ? '' : ', error="invalid_token"'}`

/** The topology in the address, where there is one. */
const topologyOf = ({ params }: FastifyRequest): string | undefined => (params as { readonly name?: string } | undefined)?.name

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent it, as soon as that is known. */
    caller: Caller | null
  }
}
