import type { FastifyReply, FastifyRequest } from 'fastify'
import { requestHeader } from './openapi/request-header.js'

const forEver = 'private, max-age=31536000, immutable'

export const readHeaders = [requestHeader('If-None-Match', 'entity tags of the states that the client has')]

/**
 * Says how long the answer keeps and which state of it this is, and whether the client has that state already
 * (RFC 9110 §13.1.2): then 304 is all there is to answer.
 */
export function notModified(request: FastifyRequest, reply: FastifyReply, keeps: 'FOR_EVER' | 'CHANGES', etag: string): boolean {
  reply.header('etag', etag).header('cache-control', keeps === 'FOR_EVER' ? forEver : 'private, no-cache')
  const held = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return held.includes(etag) || held.includes('*')
}

/** Its header is all there is of it: `null`, written down, would have a length. */
export const sendNotModified = (reply: FastifyReply): FastifyReply => reply.code(304).send()
