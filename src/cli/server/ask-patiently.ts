import { request as askPlain, type IncomingMessage } from 'node:http'
import { request as askSecurely } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

interface PatientRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly stream?: AsyncIterable<Uint8Array> | undefined
}

/** As `fetch`, which gives up after five minutes without an answer, or without a further byte of one: this waits as long as the server is there. */
export function askPatiently(url: URL, { method, headers, stream }: PatientRequest): Promise<Response> {
  const ask = url.protocol === 'https:' ? askSecurely : askPlain
  return new Promise((resolve, reject) => {
    const request = ask(url, { method, headers, agent: false }, (answer) => resolve(responseOf(answer)))
    request.on('error', reject)
    // What cuts the body off is told by the request; a server that answers before it has all of it is heard all the same.
    if (stream === undefined) request.end()
    else pipeline(Readable.from(stream), request).catch(reject)
  })
}

const empty = new Set([204, 205, 304])

function responseOf(answer: IncomingMessage): Response {
  const { statusCode = 500, headers } = answer
  const type = headers['content-type']
  const body = empty.has(statusCode) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
  return new Response(body, { status: statusCode, ...(type === undefined ? {} : { headers: { 'content-type': type } }) })
}
