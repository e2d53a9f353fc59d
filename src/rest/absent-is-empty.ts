import type { FastifyRequest } from 'fastify'

/** Of routes that ask for nothing: no body is an empty object. `null` is a body, and no object. */
export async function absentIsEmpty(request: FastifyRequest): Promise<void> {
  if (request.body === undefined) request.body = {}
}
