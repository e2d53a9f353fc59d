import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'
import type { Operation } from '#engine/model/operation'
import { requestHeader } from '../openapi/request-header.js'

/** Told of every route that may answer later. */
export const preferHeader = requestHeader('Prefer', '`respond-async`: answer 202 at once, and do the work behind it')

/** Does the asker prefer not to wait (RFC 7240)? The answer is then JSON with a status of its own, so that what shapes another is refused. */
export function prefersLater({ headers, query }: FastifyRequest): boolean {
  const { prefer } = headers
  const asked = [prefer ?? ''].flat().join(',').split(',')
  if (!asked.some((one) => one.split(';')[0]?.trim().toLowerCase() === 'respond-async')) return false
  const shaping = ['format', 'strictStatus', 'failOn'].find((name) => Object.hasOwn(query as object, name))
  if (shaping === undefined) return true
  const detail = `\`${shaping}\` says how a report is answered, and with \`Prefer: respond-async\` an operation is`
  throw new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'FIELD_INVALID', detail, parameter: shaping }] })
}

export const sendOperation = (reply: FastifyReply, operation: Operation): FastifyReply =>
  reply.code(202).header('location', `/v1/operations/${operation.id}`).header('preference-applied', 'respond-async').send(operation)
