import type { FastifyInstance } from 'fastify'
import { AppError } from '#engine/model/app-error'
import { decodeUtf8 } from '#http/decode-utf8'
import { faultInJson, type JsonFault } from '#http/fault-in-json'

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
  } catch {
    const fault = faultInJson(text, lookedAt)
    const detail = fault === undefined ? `something behind its first ${lookedAt} characters cannot stand there` : describe(text, fault)
    const source = { file: null, line: fault?.line ?? null }
    throw new AppError('PARAMETER_INVALID', `the body is not JSON: ${detail}`, { errors: [{ code: 'NOT_JSON', detail, source }] })
  }
}

/** Characters of a broken body in which the place is looked for: all others wait meanwhile. */
const lookedAt = 256 * 1024
const excerpt = 20

function describe(text: string, { offset, line, column }: JsonFault): string {
  if (offset === text.length) return `it ends too early, in line ${line}`
  return `\`${text.slice(offset, offset + excerpt)}\` in line ${line}, column ${column}, cannot stand there`
}
