import type { Caller } from './caller.js'
import { operator } from './operator.js'

/** A caller where nobody is asked who they are (`AUTH=none`): told apart by address, allowed everything. */
export const anybody = (address: string): Caller => ({ ...operator, id: 'anybody', key: address, address })
