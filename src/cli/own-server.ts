import type { Server } from './server/server.js'
import { readConfig } from '#config'
import type { Flag, Given, Surroundings } from './command.js'
import { serverAt, tokenFlag } from './server/server-flags.js'
import { failure } from './failure.js'

const ownServerFlag: Flag = {
  takes: 'URL',
  says: 'the server; unless stated the one that `sightline serve` starts here, http://127.0.0.1:8080 by default',
}

/** Of commands that always ask a server. */
export const ownServerFlags = { server: ownServerFlag, token: tokenFlag } as const

/** The server that keeps the versions: the one stated, else the one that this environment's HOST and PORT would start. */
export function serverFor(given: Given, surroundings: Surroundings): Server {
  const { environment } = surroundings
  const stated = given.value('server')
  if (stated !== undefined) return serverAt(stated, given, surroundings)
  const read = readConfig(environment)
  if ('problems' in read) throw failure('input', read.problems.join('; '))
  const { HOST, PORT } = read.config
  const anywhere = HOST === '0.0.0.0' || HOST === '::'
  return serverAt(`http://${anywhere ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`, given, surroundings)
}
