import type { By } from '#store/store'
import type { Caller } from './caller.js'
import type { Deed } from './permissions.js'

/** Who does this, as the audit tells of it. */
export const by = ({ id, address }: Caller, deed: Deed): By => ({ who: id, deed, address })
