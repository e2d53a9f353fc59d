import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'
import type { RestDependencies, Routes } from '../routes.js'
import { gatherBody } from './gather-body.js'
import { mediaTypes } from './media-types.js'
import { createUploadRoom } from './upload-room.js'

/**
 * Bodies of the routes of `scope` stay bytes: a document is parsed where the engine runs, never on the main thread. Before one is read there has
 * to be room for it beside the others.
 */
export function acceptDocuments(scope: Routes, { of, limits }: Pick<RestDependencies, 'of' | 'limits'>): void {
  const { body: bodyLimit, uploads } = limits
  const room = createUploadRoom(uploads)
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser([...mediaTypes.keys()], async (request: FastifyRequest, payload: IncomingMessage) =>
    gatherBody(payload, { length: statedLength(request), limit: bodyLimit }),
  )
  scope.addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimit
  })
  scope.addHook('onRequest', (request, reply, done) => {
    // Of a body of unknown length as much has to be expected as may come.
    const bytes = Math.min(statedLength(request) ?? (hasBody(request.headers) ? bodyLimit : 0), bodyLimit)
    const letGo = room.take(of(request).caller.key, bytes)
    if (letGo === undefined) return done(new AppError('OVERLOADED', 'too many documents are being taken in; try again', { retryAfter: 1 }))
    reply.raw.once('close', letGo)
    done()
  })
}

const statedLength = ({ headers }: FastifyRequest): number | undefined =>
  headers['content-length'] === undefined ? undefined : Number(headers['content-length'])

const hasBody = (headers: Readonly<Record<string, unknown>>): boolean => headers['transfer-encoding'] !== undefined
