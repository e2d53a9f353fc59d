import { statedHost } from './stated-host.js'

const everywhere: ReadonlySet<string | undefined> = new Set(['0.0.0.0', '0', '[::]', '[::ffff:0:0]'])

/** Does who listens on this address listen on all of the machine's? */
export const isWildcard = (address: string): boolean => everywhere.has(statedHost(address))
