import type { FastifyInstance } from 'fastify'
import { mediaTypes } from './media-types.js'

/**
 * Bodies of the routes of `scope` stay bytes: a document is parsed where the engine runs, never on the main thread.
 */
export function acceptDocuments(scope: FastifyInstance, bodyLimit: number): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser([...mediaTypes.keys()], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimit
  })
}
