import type { SecretKind } from '../../model/topology/removed-secret.js'

export type { SecretKind }

/** Hears of each value that is taken out; never the value itself. */
export type TellSecret = (kind: SecretKind) => void
