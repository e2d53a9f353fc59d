import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { AppError } from '#engine/model/app-error'
import { Operation } from '#engine/model/operation'
import type { Written } from '#engine/model/written'
import { sampleOperation } from '../openapi/sample-operation.js'
import type { RestDependencies, Routes } from '../routes.js'
import { NoQuery, problems } from '../shapes.js'
import { sendPieces } from '../send-written.js'
import type { Begun, OperationBook } from './operation-book.js'

const OperationPath = Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'id of the operation' }) })

const about = { tags: ['operations'], params: OperationPath, querystring: NoQuery }

/** Operations are looked at so often while somebody listens. */
const pauseMs = 200
/** Proxies close what says nothing. */
const silentPauses = 75

/** What became of work that nobody waited for: told to whoever began it. */
export function operationRoutes(routes: Routes, { of }: RestDependencies, operations: OperationBook): void {
  const begunBy = (request: FastifyRequest): Looked => {
    const { id: owner } = of(request).caller
    const { id } = request.params as Static<typeof OperationPath>
    const look = (): Begun | undefined => operations.find(owner, id)
    const found = look()
    if (found === undefined) throw new AppError('NOT_FOUND', `there is no operation \`${id}\`, or none any more`)
    return { found, look, remove: () => void operations.remove(owner, id) }
  }
  readRoutes(routes, begunBy)
  const cancel = {
    ...about,
    operationId: 'cancelOperation',
    summary: 'End an operation that runs; forget one that has ended',
    response: { 204: Type.Null(), ...problems(404) },
  }
  routes.delete('/operations/:id', { schema: cancel }, async (request, reply) => {
    begunBy(request).remove()
    return reply.code(204).send(null)
  })
}

/** An operation of whoever asks. */
interface Looked {
  readonly found: Begun
  look(): Begun | undefined
  remove(): void
}

/** As JSON, the result as it was written. */
function piecesOf({ operation, result }: Begun): readonly Written[] {
  const json = JSON.stringify(operation)
  if (result === undefined) return [json]
  return [`${json.slice(0, -1)},"result":`, result instanceof Uint8Array ? result : JSON.stringify(result), '}']
}

function readRoutes(routes: Routes, begunBy: (request: FastifyRequest) => Looked): void {
  const read = {
    ...about,
    operationId: 'readOperation',
    summary: 'How far an operation is, and what came of it',
    response: { 200: Type.Unsafe<Readable>(Operation), ...problems(404) },
    'x-notes': { example: { answer: sampleOperation } },
  }
  routes.get('/operations/:id', { schema: read }, async (request, reply) =>
    sendPieces(reply.header('cache-control', 'no-store'), piecesOf(begunBy(request).found)),
  )

  const listen = {
    ...about,
    operationId: 'listenToOperation',
    summary: 'How far an operation is, as server-sent events: `progress` while it runs, then `end` with all of it',
    response: { 200: Type.Unsafe<Readable>({ type: 'string', title: 'Events' }), ...problems(404) },
    'x-notes': { answerType: 'text/event-stream', example: { answer: `event: progress\ndata: ${JSON.stringify(sampleOperation)}\n\n` } },
  }
  routes.get('/operations/:id/events', { schema: listen }, async (request, reply) => {
    const { look } = begunBy(request)
    reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store').header('x-accel-buffering', 'no')
    return reply.send(Readable.from(eventsOf(look), { objectMode: false }))
  })
}

async function* eventsOf(look: () => Begun | undefined): AsyncGenerator<Written> {
  let [before, silent] = ['', 0]
  for (;;) {
    const found = look()
    if (found === undefined) return
    if (found.operation.status !== 'RUNNING') {
      yield 'event: end\ndata: '
      yield* piecesOf(found)
      return yield '\n\n'
    }
    const data = JSON.stringify(found.operation)
    if (data !== before) yield `event: progress\ndata: ${data}\n\n`
    else if (silent >= silentPauses) yield ':\n\n'
    silent = data === before && silent < silentPauses ? silent + 1 : 0
    before = data
    await setTimeout(pauseMs, undefined, { ref: false })
  }
}
