import type { FastifyInstance } from 'fastify'
import { AppError } from '#engine/model/app-error'
import { decodeUtf8 } from '#http/decode-utf8'

/**
 * JSON bodies of questions and changes: UTF-8 without exception. Every one of them has a schema that knows all of its fields, so
 * that a key such as `__proto__`, which `JSON.parse` makes an ordinary field, is refused by it like any unknown one.
 */
export function acceptJson(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    body.length === 0 ? undefined : parse(decodeUtf8(body)),
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as SyntaxError
    const detail = `${message.charAt(0).toLowerCase()}${message.slice(1)}`
    throw new AppError('PARAMETER_INVALID', `the body is not JSON: ${detail}`, {
      errors: [{ code: 'NOT_JSON', detail, source: { file: null, line: lineOf(text, message) } }],
    })
  }
}

/** Where the engine's sentence says so, and where the text merely ends too early. */
function lineOf(text: string, message: string): number | null {
  const position = / at position (\d+)/.exec(message)?.[1] ?? (message.includes('end of JSON') ? text.length : undefined)
  return position === undefined ? null : text.slice(0, Number(position)).split('\n').length
}
