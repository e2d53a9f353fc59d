import { request as askPlain, type IncomingMessage } from 'node:http'
import { request as askSecurely } from 'node:https'
import type { KubeContext } from './open-kubeconfig.js'
import type { Refuse } from './refuse.js'
import { sayCause } from './say-cause.js'

/** What an API server said: good, or why not in its own words. */
export interface ApiAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  /** Seconds after which to ask again, where it says so. */
  readonly retryAfter: number | undefined
}

/** Asks an API server for a path, as one context; only reads. */
export type AskApiServer = (path: string) => Promise<ApiAnswer>

const patience = 60_000
const mostBytes = 512 * 1024 * 1024

/**
 * How to ask the API server of a context. Nobody there, a proxy or a page that is no API server's, and credentials that are not taken end the
 * collection; everything else is an answer.
 */
export const createAskApiServer =
  (context: KubeContext, refuse: Refuse): AskApiServer =>
  async (path) => {
    const { status, headers, text } = await exchange(context, path, refuse)
    const body = parse(text)
    const spoken = body !== undefined && ('kind' in body || 'gitVersion' in body || 'paths' in body)
    if (status === 401) throw refuse('forbidden', notTaken(context))
    if (!spoken)
      throw refuse('unreachable', `${placeOf(context)} does not answer as an API server does: ${status} ${kindOf(headers['content-type'])}`)
    return { status, body, retryAfter: Number(headers['retry-after']) || undefined }
  }

const placeOf = ({ name, server }: KubeContext): string => `what stands at ${server} (context \`${name}\`)`

const notTaken = ({ name, server, user }: KubeContext): string =>
  `the API server at ${server} (context \`${name}\`) does not take the credentials of user \`${user}\`: a token has expired or is not valid; log in again`

const kindOf = (type: string | undefined): string => (type === undefined ? 'without a content type' : `with \`${type.split(';')[0]}\``)

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

interface Exchanged {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

async function exchange(context: KubeContext, path: string, refuse: Refuse): Promise<Exchanged> {
  const url = new URL(`${context.server}${path}`)
  const options = await context.options()
  const headers = { ...options.headers, accept: 'application/json', 'user-agent': 'sightline-collect' }
  const ask = url.protocol === 'http:' ? askPlain : askSecurely
  try {
    return await new Promise((resolve, reject) => {
      const sent = ask(url, { ...options, method: 'GET', headers, timeout: patience }, (answer) => {
        textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }), reject)
      })
      sent.on('timeout', () => sent.destroy(Object.assign(new Error('timeout'), { code: `no answer within ${patience / 1000} seconds` })))
      sent.on('error', reject)
      sent.end()
    })
  } catch (error) {
    throw refuse(
      'unreachable',
      `the API server at ${context.server} (context \`${context.name}\`) cannot be reached: ${sayCause(error, causes)}`,
    )
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) throw Object.assign(new Error('too much'), { code: 'its answer is larger than 512 MiB' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const notOfKubeconfig = 'its certificate is not of the authority that the kubeconfig names'

const causes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: notOfKubeconfig,
  SELF_SIGNED_CERT_IN_CHAIN: notOfKubeconfig,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notOfKubeconfig,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notOfKubeconfig,
}
