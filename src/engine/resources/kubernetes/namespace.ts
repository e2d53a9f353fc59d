import type { Meta } from '../meta.js'
import type { Raw, Reading } from '../reading.js'

export interface Namespace {
  readonly meta: Meta
}

/** The label that every namespace has, with its name. */
export const namespaceName = 'kubernetes.io/metadata.name'

export const readNamespace = (_: Reading, __: Raw, meta: Meta): Namespace => ({ meta })
