import type { Upload } from './analyst.js'
import type { Ask } from './ask.js'
import type { Request, ToWorker } from './messages.js'
import { ownBytes } from './own-bytes.js'

type Post = (message: ToWorker, moved: readonly ArrayBuffer[]) => void

/** Requests of one turn of the event loop travel as one message: crossing costs more than most questions. */
export function createOutbox(post: Post): (request: Request) => void {
  let waiting: Request[] = []
  const flush = (): void => {
    const packed = waiting.map(withOwnBytes)
    waiting = []
    post(
      { type: 'REQUESTS', requests: packed },
      packed.flatMap(({ ask }) => buffersOf(ask)),
    )
  }
  return (request) => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push(request)
  }
}

function withOwnBytes(request: Request): Request {
  const { ask } = withOwnAssertions(request)
  if (!('upload' in ask)) return { ...request, ask }
  const { body, files, ...rest } = ask.upload
  const upload: Upload = {
    ...rest,
    body: ownBytes(body),
    ...(files === undefined ? {} : { files: files.map((file) => ({ ...file, body: ownBytes(file.body) })) }),
  }
  return { ...request, ask: { ...ask, upload } }
}

/** A view into a form would be cloned with the whole form. */
function withOwnAssertions(request: Request): Request {
  if (!('assertions' in request.ask) || request.ask.assertions === undefined) return request
  const { body, ...rest } = request.ask.assertions
  return { ...request, ask: { ...request.ask, assertions: { ...rest, body: ownBytes(body) } } }
}

const buffersOf = (ask: Ask): ArrayBuffer[] =>
  'upload' in ask ? [ask.upload, ...(ask.upload.files ?? [])].map(({ body }) => body.buffer as ArrayBuffer) : []
