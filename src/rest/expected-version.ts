import type { FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'
import { answerHeader, requestHeader } from './openapi/request-header.js'

/** A version's entity tag is its number, followed by its tags where it has any, because they move. */
export const etagOf = (number: number, tags: readonly string[] = []): string => `"${[number, ...tags].join('.')}"`

/** The headers of a write, and of an answer that says which state it is, as OpenAPI tells of them. */
export const writeHeaders = [
  requestHeader('If-Match', 'the newest version that the writer saw, such as `"42"`; the same as `expectedVersion`'),
  requestHeader('Idempotency-Key', 'of a request that may be sent again: it is carried out once'),
]
export const etagHeader = { ETag: answerHeader('this state; for a version its number, such as `"42"`') }

/**
 * The version the writer expects to be the newest, from `expectedVersion`, `If-Match: "42"` or `If-None-Match: *` (none yet).
 *
 * PARAMETER_INVALID when they contradict each other or cannot be read.
 */
export function expectedVersion(request: FastifyRequest, parameter: number | undefined): number | undefined {
  const header = readIfMatch(request.headers['if-match'])
  const fresh = request.headers['if-none-match'] === '*' ? 0 : undefined
  const stated = [parameter, header, fresh].filter((value) => value !== undefined)
  if (new Set(stated).size > 1) {
    throw new AppError('PARAMETER_INVALID', 'the preconditions of the request name different versions', {
      errors: [
        {
          code: 'PRECONDITION_CONTRADICTS',
          detail: 'state one of `expectedVersion`, `If-Match`, `If-None-Match`',
          parameter: 'expectedVersion',
        },
      ],
    })
  }
  return stated[0]
}

function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined
  const number = /^"(\d{1,9})(\.[-.a-z0-9]*)?"$/.exec(header.trim())?.[1]
  if (number !== undefined) return Number(number)
  throw new AppError('PARAMETER_INVALID', '`If-Match` must be one entity tag such as `"42"`', {
    errors: [{ code: 'HEADER_INVALID', detail: 'expected a quoted version number', parameter: 'If-Match' }],
  })
}

/** A key as Stripe and the IETF draft have it: quoted or bare, 1 to 255 visible characters. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  const key = (Array.isArray(header) ? header.join() : header).replace(/^"(.*)"$/, '$1')
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new AppError('PARAMETER_INVALID', '`Idempotency-Key` must be 1 to 255 visible characters', {
    errors: [{ code: 'HEADER_INVALID', detail: 'expected 1 to 255 visible ASCII characters', parameter: 'Idempotency-Key' }],
  })
}
