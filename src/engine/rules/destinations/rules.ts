import type { Rule } from '../rule.js'
import { unknownDelegate } from './unknown-delegate.js'
import { unknownDestination, unknownDestinationPort, unknownSubset } from './unknown-destination.js'

/** Whether routes and rules lead to something. */
export const destinationRules: readonly Rule[] = [unknownDestination, unknownDestinationPort, unknownSubset, unknownDelegate]
