import type { Meta } from '../meta.js'
import type { Raw, Reading } from '../reading.js'

export interface Namespace {
  readonly meta: Meta
}

export const readNamespace = (_: Reading, __: Raw, meta: Meta): Namespace => ({ meta })
