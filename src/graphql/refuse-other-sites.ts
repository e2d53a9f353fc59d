import type { FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'

const askedAbout = /^application\/(json|graphql)\s*(;|$)/i
const signs = ['mercurius-require-preflight', 'x-mercurius-operation-name', 'apollo-require-preflight']

/**
 * Refuses requests that a page of another site made a browser send without asking us first.
 *
 * What a browser asks about first (a body in JSON, a header of our own) has passed CORS; the rest it marks with
 * `Sec-Fetch-Site`, which clients that are no browsers do not send. Forms cannot ask at all: their bodies are not read.
 */
export function refuseOtherSites({ headers }: Pick<FastifyRequest, 'headers'>): void {
  const site = headers['sec-fetch-site'] ?? 'none'
  if (site === 'none' || site === 'same-origin') return
  if (askedAbout.test(headers['content-type'] ?? '') || signs.some((sign) => headers[sign] !== undefined)) return
  throw new AppError(
    'PARAMETER_INVALID',
    'a page of another site could have sent this: send a header `mercurius-require-preflight`, or `content-type: application/json`',
  )
}
