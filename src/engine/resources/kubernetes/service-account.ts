import type { Meta } from '../meta.js'
import type { Raw, Reading } from '../reading.js'

/** That an identity is meant to be; what it may pull and mount is not kept. */
export interface ServiceAccount {
  readonly meta: Meta
}

export const readServiceAccount = (_: Reading, __: Raw, meta: Meta): ServiceAccount => ({ meta })
