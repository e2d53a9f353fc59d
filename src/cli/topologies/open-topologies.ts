import type { Given, Surroundings } from '../command.js'
import { statedServer } from '../server/server-flags.js'
import type { Topologies } from './topologies.js'
import { topologiesHere } from './topologies-here.js'
import { topologiesOnServer } from './topologies-on-server.js'

/** Works with the topologies of the server that is stated, or else of the store that this environment names. */
export const openTopologies = <T>(given: Given, surroundings: Surroundings, work: (topologies: Topologies) => Promise<T>): Promise<T> => {
  const server = statedServer(given, surroundings)
  return server === undefined ? topologiesHere(surroundings, work) : work(topologiesOnServer(server))
}
