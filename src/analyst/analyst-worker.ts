import { type MessagePort, parentPort, type TransferListItem, workerData } from 'node:worker_threads'
import { AppError, type Problem, problemOf } from '#engine/model/app-error'
import type { Answered, Prepared, Stretch } from './analyst.js'
import { createBatch } from './answer-batch.js'
import { askClass } from './ask.js'
import type { FromWorker, Request, ToWorker, WorkerOptions } from './messages.js'
import { ownBytes } from './own-bytes.js'
import { createWanted } from './wanted.js'
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

  const answer = ({ id, ask, versions }: Request): unknown => {
    try {
      const sources = versions.map((version, position) => wanted.sourceOf(id, position, version))
      return workbench(ask, sources)
    } catch (error) {
      return problemFrom(error)
    }
  }

  const handle = (requests: readonly Request[]): void => {
    const batch = createBatch((ids, json) => post({ type: 'ANSWERS', ids, json }))
    for (const request of requests) {
      if (askClass(request.ask.kind).long === true) post({ type: 'STARTED', id: request.id })
      const given = answer(request)
      if (given instanceof Promise) void given.catch(problemFrom).then((late) => postAlone(post, request.id, late))
      else if (askClass(request.ask.kind).bytes === true) postAlone(post, request.id, given)
      else batch.add(request.id, given)
    }
    batch.flush()
  }

  port.on('message', (message: ToWorker) => (message.type === 'REQUESTS' ? handle(message.requests) : wanted.settle(message)))
  post({ type: 'READY' })
}

/** An answer by itself; the bytes in it are moved, not copied. */
function postAlone(post: (message: FromWorker, moved: readonly TransferListItem[]) => void, id: number, given: unknown): void {
  const answer = withOwnBytes(given as Answered<unknown>)
  post({ type: 'ANSWER', id, answer }, buffersOf(answer))
}

function withOwnBytes(answer: Answered<unknown>): Answered<unknown> {
  if ('problem' in answer) return answer
  if (answer.value instanceof Uint8Array) return { value: ownBytes(answer.value) }
  const { contents, text } = answer.value as Partial<Prepared & Stretch>
  if (text !== undefined) return { value: { ...(answer.value as Stretch), text: ownBytes(text) } }
  if (contents === undefined) return answer
  return { value: { ...(answer.value as Prepared), contents: contents.map((content) => ({ ...content, body: ownBytes(content.body) })) } }
}

function buffersOf(answer: Answered<unknown>): readonly TransferListItem[] {
  if ('problem' in answer) return []
  if (answer.value instanceof Uint8Array) return [answer.value.buffer as ArrayBuffer]
  const { contents = [], text } = answer.value as Partial<Prepared & Stretch>
  return [...contents.map(({ body }) => body), ...(text === undefined ? [] : [text])].map(({ buffer }) => buffer as ArrayBuffer)
}

if (parentPort !== null) serve(parentPort, workerData as WorkerOptions)
