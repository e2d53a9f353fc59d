import type { Given, Surroundings } from '../command.js'
import { statedServer } from '../server/server-flags.js'
import { tokensHere, type Tokens } from './tokens-here.js'
import { tokensOnServer } from './tokens-on-server.js'

/** Works with the tokens of the server that is stated, or else of the store that this environment names. */
export const openTokens = <T>(given: Given, surroundings: Surroundings, work: (tokens: Tokens) => Promise<T>): Promise<T> => {
  const server = statedServer(given, surroundings)
  return server === undefined ? tokensHere(surroundings, work) : work(tokensOnServer(server))
}
