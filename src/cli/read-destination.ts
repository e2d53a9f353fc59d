import { DestinationInput, SpokenProtocol } from '#engine/model/question'
import type { Flag, Given } from './command.js'
import { failure } from './failure.js'
import { readNamedValue } from './read-named-value.js'
import { readJson, readShape } from './read-shape.js'

const spokenProtocols: readonly SpokenProtocol[] = SpokenProtocol.enum

export const destinationFlags: Readonly<Record<string, Flag>> = {
  to: { takes: 'HOST[:PORT]', says: 'whom it calls: `reviews`, `reviews.shop:9080`, a full name, an address, or JSON' },
  protocol: {
    takes: 'PROTOCOL',
    choices: spokenProtocols,
    says: `what the client speaks: ${spokenProtocols.join(', ')}; as the port declares unless stated`,
  },
  method: { takes: 'METHOD', says: 'HTTP method of the request' },
  path: { takes: 'PATH', says: 'path of the request' },
  header: { takes: 'NAME=VALUE', repeats: true, says: 'a header of the request; a token is one: `authorization=Bearer …`' },
  'no-header': { takes: 'NAME', repeats: true, says: 'a header that the request does not have' },
}

/** Whom it calls, from `--to` and the attributes of the request. */
export function readDestination(given: Given): DestinationInput {
  const to = given.value('to')
  if (to === undefined) throw failure('input', '`--to` is missing: whom it calls, such as `reviews.shop:9080`')
  const headers = [
    ...given.values('header').map((text) => readNamedValue('--header', text)),
    ...given.values('no-header').map((name) => ({ name, absent: true })),
  ]
  return readShape('--to', DestinationInput, {
    ...(to.startsWith('{') ? (readJson('--to', to) as object) : hostAndPort(to)),
    ...(given.has('protocol') ? { protocol: given.value('protocol') } : {}),
    ...(given.has('method') ? { method: given.value('method') } : {}),
    ...(given.has('path') ? { path: given.value('path') } : {}),
    ...(headers.length === 0 ? {} : { headers }),
  })
}

/** An IPv6 address stands in brackets where a port follows. */
function hostAndPort(to: string): object {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(to)) throw failure('input', `\`--to ${to}\` is an address of the web: ${hintFor(to)}`)
  const [, bracketed, bracketedPort] = /^\[([^\]]+)\](?::(\d+))?$/.exec(to) ?? []
  if (bracketed !== undefined) return { host: bracketed, ...(bracketedPort === undefined ? {} : { port: Number(bracketedPort) }) }
  const at = to.lastIndexOf(':')
  if (at < 0 || to.indexOf(':') !== at) return { host: to }
  const port = to.slice(at + 1)
  if (port === '') throw failure('input', `\`--to ${to}\`: no port follows the colon`)
  if (!/^\d{1,5}$/.test(port)) throw failure('input', `\`--to ${to}\`: \`${port}\` is not a port`)
  return { host: to.slice(0, at), port: Number(port) }
}

function hintFor(address: string): string {
  const [scheme = '', authority = ''] = address.split('://')
  const host = authority.replace(/[/?#][^]*$/, '')
  const port = /:\d+$/.test(host) ? '' : scheme.toLowerCase() === 'https' ? ':443' : ':80'
  return `give the host and the port, such as \`${host === '' ? 'reviews' : host}${port}\`, and the path as \`--path\``
}
