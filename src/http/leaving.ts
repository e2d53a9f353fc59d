import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Calls back when nobody waits for the answer any more. */
type OnLeave = (leave: () => void) => void

/** Tells those who work for a request when its client goes away before the answer has left; call before routes are added. */
export function watchLeaving(app: FastifyInstance): (request: FastifyRequest) => OnLeave {
  app.decorateRequest('answering', null)
  app.addHook('onRequest', (request, reply, done) => {
    request.answering = reply.raw
    done()
  })
  return ({ answering }) => (answering === null ? () => {} : toldBy(answering))
}

/** One listener for all that is asked for a request, and none where nothing is. */
function toldBy(response: ServerResponse): OnLeave {
  let waiting: (() => void)[] | undefined
  return (leave) => {
    if (waiting === undefined) {
      const all: (() => void)[] = []
      waiting = all
      response.once('close', () => {
        if (!response.writableFinished) for (const each of all) each()
      })
    }
    if (response.closed && !response.writableFinished) leave()
    else waiting.push(leave)
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    answering: ServerResponse | null
  }
}
