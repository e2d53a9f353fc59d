import type { Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError, type ErrorCode } from '#engine/model/app-error'
import { rawProblem, rawProblemText } from './raw-problem.js'

/** How long the other side may take to read why it was refused. */
const lingering = 1_000

const refusals: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['HEADERS_TOO_LARGE', 'the address and the header of a request may have 16384 bytes together'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['BODY_TOO_LARGE', 'the extensions of a chunk are larger than those that are taken'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'the request did not arrive in time'],
}
const malformed = ['REQUEST_MALFORMED', 'what was sent is no request of HTTP/1.1'] as const

/** Answers what is no request that a route could answer (parser errors, expectations, tunnels) by a problem document, and ends the connection. */
export function answerMalformed(server: Server): void {
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const detail = 'the only expectation that is met is `100-continue`'
    const { status, headers, body } = rawProblem(new AppError('EXPECTATION_FAILED', detail))
    response.writeHead(status, headers).end(body)
  })
  server.on('connect', (_request, socket) =>
    refuse(socket, new AppError('METHOD_NOT_ALLOWED', '`CONNECT` is not allowed: this is no proxy')),
  )
}

/** What Fastify calls for errors below requests. */
export function refuseUnreadable({ code }: { readonly code?: string }, socket: Duplex): void {
  const [known, detail] = refusals[code ?? ''] ?? malformed
  if (code === 'ECONNRESET' || isBeingAnswered(socket)) socket.destroy()
  else refuse(socket, new AppError(known, detail))
}

/** The end of the answer is read before the connection goes: what arrives meanwhile is read by nobody. */
function refuse(socket: Duplex, error: AppError): void {
  if (!socket.writable || socket.writableEnded) return
  socket.end(rawProblemText(error))
  setTimeout(() => socket.destroy(), lingering).unref()
}

/** A second answer in the middle of one would be taken for a part of it; only Node knows, as its own handler does. */
const isBeingAnswered = (socket: Duplex): boolean =>
  (socket as { readonly _httpMessage?: { readonly headersSent: boolean } | null })._httpMessage?.headersSent === true
