import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'
import type { AppendRequest } from '#operations/versions/append-version'

type Upload = AppendRequest['upload']

const yamlTypes = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml']

/**
 * Bodies of the routes of `scope` stay bytes: a document is parsed where the engine runs, never on the main thread.
 */
export function acceptDocuments(scope: FastifyInstance, bodyLimit: number): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(['application/json', ...yamlTypes], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimit
  })
}

/** The document in the body, or the objects of `cluster`; the bytes are handed on and gone afterwards. */
export function uploadOf(request: FastifyRequest, cluster = 'default'): Upload {
  const { body } = request
  if (!(body instanceof Uint8Array) || body.length === 0) {
    throw new AppError('DOCUMENT_INVALID', 'the body is empty; a topology document is expected, or a stream of Kubernetes objects', {
      errors: [{ code: 'DOCUMENT_MISSING', detail: 'the body is empty', pointer: '#' }],
    })
  }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return { body, cluster, mediaType: yamlTypes.includes(type) ? 'application/yaml' : 'application/json' }
}
