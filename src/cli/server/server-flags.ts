import type { Flag, Given, Surroundings } from '../command.js'
import { failure } from '../failure.js'
import type { Server } from './server.js'

export const tokenFlag: Flag = {
  takes: 'TOKEN',
  says: 'to be known by there; unless stated SIGHTLINE_TOKEN of the environment, where others do not see it',
}

/** Of commands that work here as well. */
export const serverFlags = { server: { takes: 'URL', says: 'ask this server, which has a store of its own' }, token: tokenFlag } as const

/** The server at an address, asked with the token that is stated, else with that of the environment. */
export function serverAt(url: string, given: Given, { environment }: Surroundings): Server {
  const token = given.value('token') ?? (environment['SIGHTLINE_TOKEN']?.trim() || undefined)
  if (token === undefined || /^[\x21-\x7e]+$/.test(token)) return { url, token }
  throw failure('input', 'the token has characters that no token has')
}

/** The one that `--server` states, where one is asked. */
export function statedServer(given: Given, surroundings: Surroundings): Server | undefined {
  const url = given.value('server')
  if (url !== undefined) return serverAt(url, given, surroundings)
  if (given.has('token')) throw failure('input', '`--token` is for a server, and without `--server` none is asked')
  return undefined
}
