import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerHeader } from './openapi/request-header.js'

interface Listed<T> {
  readonly items: readonly T[]
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean }
}

export const pageHeaders = { Link: answerHeader('address of the next page, `rel="next"`') }

/** One page of a list; where more follow, `Link` has their address too (RFC 8288). */
export function pageAnswer<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  { items, page }: Listed<T>,
): { items: T[]; page: Listed<T>['page'] } {
  if (page.nextCursor !== null) {
    const next = new URL(request.url, 'http://here')
    next.searchParams.set('after', page.nextCursor)
    reply.header('link', `<${next.pathname}${next.search}>; rel="next"`)
  }
  return { items: [...items], page }
}
