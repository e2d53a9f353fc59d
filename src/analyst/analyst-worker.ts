import { type MessagePort, parentPort, type TransferListItem, workerData } from 'node:worker_threads'
import { AppError, type Problem, problemOf } from '#engine/model/app-error'
import type { Answered } from './analyst.js'
import { createBatch } from './answer-batch.js'
import { askClass } from './ask.js'
import type { FromWorker, Request, ToWorker, WorkerOptions } from './messages.js'
import { createWanted } from './wanted.js'
import { withOwnBytes } from './with-own-bytes.js'
import { createWorkbench } from './workbench.js'

/** The thread in which the engine runs for the service: one workbench, fed by messages. */
function serve(port: MessagePort, options: WorkerOptions): void {
  const post = (message: FromWorker, moved: readonly TransferListItem[] = []): void => port.postMessage(message, moved)
  const wanted = createWanted((id, position, digests) => post({ type: 'WANTED', id, position, digests }))
  const workbench = createWorkbench(options)

  const problemFrom = (error: unknown): { readonly problem: Problem } => {
    if (error instanceof AppError) return { problem: problemOf(error) }
    post({ type: 'FAULT', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    return { problem: { code: 'INTERNAL', message: 'the analysis failed; the log has the details', details: {} } }
  }

  const answer = ({ id, ask, versions, room }: Request): Answered<unknown> | Promise<Answered<unknown>> => {
    try {
      const sources = versions.map((version, position) => wanted.sourceOf(id, position, version))
      return askClass(ask.kind).bytes === true ? workbench.answer(ask, sources) : workbench.write(ask, sources, room)
    } catch (error) {
      return problemFrom(error)
    }
  }

  const handle = (requests: readonly Request[]): void => {
    const batch = createBatch((ids, texts) => post({ type: 'ANSWERS', ids, texts }))
    for (const request of requests) {
      if (askClass(request.ask.kind).long === true) post({ type: 'STARTED', id: request.id })
      const given = answer(request)
      if (given instanceof Promise) void given.catch(problemFrom).then((late) => postAlone(post, request.id, late))
      else if ('value' in given && typeof given.value === 'string') batch.add(request.id, given.value)
      else postAlone(post, request.id, given)
    }
    batch.flush()
  }

  port.on('message', (message: ToWorker) => (message.type === 'REQUESTS' ? handle(message.requests) : wanted.settle(message)))
  post({ type: 'READY' })
}

/** An answer by itself; the bytes in it are moved, not copied. */
function postAlone(post: (message: FromWorker, moved: readonly TransferListItem[]) => void, id: number, given: Answered<unknown>): void {
  const { answer, moved } = withOwnBytes(given)
  post({ type: 'ANSWER', id, answer }, moved)
}

if (parentPort !== null) serve(parentPort, workerData as WorkerOptions)
