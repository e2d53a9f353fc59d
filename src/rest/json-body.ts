import type { FastifyInstance } from 'fastify'
import { AppError } from '#engine/model/app-error'

/**
 * JSON bodies of questions and changes: UTF-8 without exception. Every one of them has a schema that knows all of its fields, so
 * that a key such as `__proto__`, which `JSON.parse` makes an ordinary field, is refused by it like any unknown one.
 */
export function acceptJson(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    body.length === 0 ? undefined : parse(decode(body)),
  )
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new AppError('BODY_NOT_UTF8', 'the body is not valid UTF-8')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as SyntaxError
    // Only the engine's sentence says where: `… at position 7`, or nothing where the text ends too early.
    const position = Number(/ at position (\d+)/.exec(message)?.[1] ?? text.length)
    const before = text.slice(0, position).split('\n')
    const source = { file: null, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
    throw new AppError('PARAMETER_INVALID', `the body is not JSON: line ${source.line}, column ${source.column}`, {
      errors: [{ code: 'NOT_JSON', detail: 'this is not JSON', source }],
    })
  }
}
