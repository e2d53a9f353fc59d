import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { AppError } from '#engine/model/app-error'
import { sendProblem } from '#rest/problem'
import { readHostName } from './host-name.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Probes call a service by whatever address they know. */
    anyHost?: boolean
  }
}

/**
 * Answers only who calls the service by one of its own names (421 otherwise).
 *
 * A page of anybody may have its own name lead to a loopback address and then ask there with the reader's browser, which takes the
 * answers for the page's own; the one thing that it cannot change is the name that the browser sends. What a proxy says that it was asked
 * (`X-Forwarded-Host`) is the word of whoever sent it. `allowed`: names as `readHostName` has them, or any.
 */
export function refuseForeignHosts(app: FastifyInstance, allowed: ReadonlySet<string> | 'ANY'): void {
  app.addHook('onRequest', (request, reply, done) => {
    const names = namesIn(request.raw)
    if (names === undefined) {
      if (request.raw.httpVersion === '1.0' && isFree(allowed, request.routeOptions.config.anyHost)) return done()
      return void sendProblem(reply, new AppError('REQUEST_MALFORMED', 'the request must name one host, in one `Host` field'))
    }
    const foreign = allowed === 'ANY' ? undefined : names.find((name) => !allowed.has(name))
    if (foreign === undefined || isFree(allowed, request.routeOptions.config.anyHost)) return done()
    const detail = `\`${foreign.slice(0, 100)}\` is not a name of this service: \`ALLOWED_HOSTS\` lists those that it has besides its own`
    return void sendProblem(reply, new AppError('HOST_NOT_ALLOWED', detail))
  })
}

const isFree = (allowed: ReadonlySet<string> | 'ANY', anyHost: boolean | undefined): boolean => allowed === 'ANY' || anyHost === true

/** Every name by which the request calls its server; undefined: none, several fields, or what is no name. */
function namesIn({ rawHeaders, url = '/' }: IncomingMessage): readonly string[] | undefined {
  const [field = '', another] = fieldsOf(rawHeaders)
  const own = another === undefined ? readHostName(field) : undefined
  if (own === undefined) return undefined
  if (url.startsWith('/') || url === '*') return [own]
  // A whole address, as it is sent to a proxy (RFC 9112 §3.2.2): its name is the one asked for, and the field must say the same.
  const target = readHostName(/^https?:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '')
  return target === undefined ? undefined : [target, own]
}

/** Node keeps the first of several fields and drops the others. */
const fieldsOf = (rawHeaders: readonly string[]): readonly string[] =>
  rawHeaders.filter((_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.length === 4 && rawHeaders[at - 1]?.toLowerCase() === 'host')
