import type { FastifyInstance } from 'fastify'
import { decodeUtf8 } from '#http/decode-utf8'

/** JSON in UTF-8 without exception, in which no key changes a prototype: variables are read by no schema that knows all of theirs. */
export function acceptQueries(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      void parse(request, decodeUtf8(body), done)
    } catch (error) {
      done(error as Error)
    }
  })
}
