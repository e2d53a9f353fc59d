import { sayCause } from '#collector/say-cause'
import type { ErrorDetails, Fault } from '#engine/model/app-error'
import { askPatiently } from './server/ask-patiently.js'
import type { Server } from './server/server.js'
import { type exitCodes, type Failure, failure } from './failure.js'

/** A request to a server's REST interface. */
export interface ServerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the server's address, starting with a slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: string | Uint8Array
  /** Instead of a body: bytes as they come. */
  readonly stream?: AsyncIterable<Uint8Array>
  readonly type?: string
  /** Several files, instead of a body. */
  readonly form?: FormData
  readonly accept?: string
  /** ENDLESS: it takes as long as there is much stored; with a stream or without a body. */
  readonly patience?: 'ENDLESS'
}

const patience = 150_000
/** As slowly as a server takes a body, 16 KiB a second: so much longer a large one may take. */
const bytesPerMs = 16

/** The answer, when it is a good one; every other way it may end is a failure with its exit code. */
export async function askServer(server: Server, request: ServerRequest): Promise<Response> {
  const url = addressOf(server.url, request)
  let response: Response
  try {
    response = await send(url, server, request)
  } catch (error) {
    throw failure('unreachable', `the server at ${url.origin} cannot be reached: ${causeOf(error)}`)
  }
  if (!response.ok) throw await refusal(response, url)
  return response
}

async function send(url: URL, server: Server, request: ServerRequest): Promise<Response> {
  const { method, body, form, stream, type = 'application/json', accept = 'application/json' } = request
  const bringsType = body !== undefined || stream !== undefined
  const headers = { accept, ...authorizationOf(server), ...(bringsType ? { 'content-type': type } : {}) }
  if (request.patience === 'ENDLESS') return askPatiently(url, { method, headers, stream })
  return fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(form === undefined ? {} : { body: form }),
    ...(stream === undefined ? {} : { body: ReadableStream.from(stream), duplex: 'half' }),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceWith(body)),
  })
}

const patienceWith = (body: ServerRequest['body'] = ''): number => patience + Math.ceil(body.length / bytesPerMs)

const authorizationOf = ({ token }: Server): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }

/** The answer as JSON; what a server says that is no Sightline is no answer. */
export async function askServerJson<T>(server: Server, request: ServerRequest): Promise<T> {
  const response = await askServer(server, request)
  try {
    return (await response.json()) as T
  } catch {
    throw failure('unreachable', `the server at ${addressOf(server.url, request).origin} does not answer as Sightline does`)
  }
}

/** The answer as it arrives; one that breaks off is none. */
export async function askServerText(server: Server, request: ServerRequest): Promise<AsyncIterable<Uint8Array>> {
  const { body } = await askServer(server, request)
  return body === null ? noBytes() : unbroken(body, addressOf(server.url, request).origin)
}

async function* noBytes(): AsyncIterable<Uint8Array> {}

async function* unbroken(body: AsyncIterable<Uint8Array>, origin: string): AsyncIterable<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw failure('unreachable', `the answer of the server at ${origin} breaks off: ${causeOf(error)}`)
  }
}

function addressOf(server: Server['url'], { path, query = {} }: ServerRequest): URL {
  const base = URL.canParse(server) ? new URL(server) : undefined
  if (base === undefined || !/^https?:$/.test(base.protocol)) {
    throw failure('input', `\`--server ${server}\` is not an address such as \`http://127.0.0.1:8080\``)
  }
  const url = new URL(`${base.origin}${base.pathname.replace(/\/$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  return url
}

/** `fetch` wraps what happened to the socket. */
function causeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time'
  return sayCause(error instanceof Error && error.cause instanceof Error ? error.cause : error)
}

interface ProblemBody extends Pick<ErrorDetails, 'suggestions' | 'currentVersion'> {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly Fault[]
}

async function refusal(response: Response, url: URL): Promise<Failure> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true
  const problem = (isProblem ? await response.json().catch(() => ({})) : {}) as ProblemBody
  const { code, detail, errors, suggestions, currentVersion } = problem
  const exit = exitOf(response.status, isProblem, code)
  return failure(exit, detail ?? `the server at ${url.origin} answers ${response.status} to \`${url.pathname}\``, {
    ...(errors === undefined ? {} : { errors }),
    ...(suggestions === undefined ? {} : { suggestions }),
    ...(currentVersion === undefined ? {} : { currentVersion }),
  })
}

function exitOf(status: number, isProblem: boolean, code: string | undefined): keyof typeof exitCodes {
  if (code === 'ASSERTION_FAILED') return 'verdict'
  if (status === 401 || status === 403 || status === 407) return 'forbidden'
  if (status === 409 || status === 412) return 'conflict'
  return isProblem && status < 500 && status !== 408 && status !== 429 ? 'input' : 'unreachable'
}
