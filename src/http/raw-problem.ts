import { STATUS_CODES } from 'node:http'
import { type AppError, errors } from '#engine/model/app-error'
import { problemDocument } from '#rest/problem-document'
import { securityHeaders } from './security-headers.js'

interface RawProblem {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string
}

/** The answer to what never became a request: a problem document like any other, after which the connection ends. */
export function rawProblem(error: AppError): RawProblem {
  const { status } = errors[error.code]
  const body = JSON.stringify(problemDocument(error, crypto.randomUUID()))
  const headers = {
    ...securityHeaders,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  return { status, headers, body }
}

/** The same as the bytes of an answer. */
export function rawProblemText(error: AppError): string {
  const { status, headers, body } = rawProblem(error)
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fields.join('')}\r\n${body}`
}
