import { readConfig } from '#config'
import type { Flag, Given, Surroundings } from './command.js'
import { failure } from './failure.js'

export const ownServerFlag: Flag = {
  takes: 'URL',
  says: 'the server; unless stated the one that `sightline serve` starts here, http://127.0.0.1:8080 by default',
}

/** The server that keeps the versions: the one stated, else the one that this environment's HOST and PORT would start. */
export function serverFor(given: Given, { environment }: Surroundings): string {
  const stated = given.value('server')
  if (stated !== undefined) return stated
  const read = readConfig(environment)
  if ('problems' in read) throw failure('input', read.problems.join('; '))
  const { HOST, PORT } = read.config
  const anywhere = HOST === '0.0.0.0' || HOST === '::'
  return `http://${anywhere ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`
}
