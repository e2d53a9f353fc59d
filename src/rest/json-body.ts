import type { FastifyInstance } from 'fastify'
import { AppError } from '#engine/model/app-error'

const bodyLimit = 1024 * 1024

/**
 * JSON bodies of questions: UTF-8 without exception, and no keys that reach for an object's prototype.
 */
export function acceptJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined)
    const text = decode(body as Buffer)
    if (text === undefined) return done(new AppError('BODY_NOT_UTF8', 'the body is not valid UTF-8'), undefined)
    parse(request, text, done)
  })
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}
