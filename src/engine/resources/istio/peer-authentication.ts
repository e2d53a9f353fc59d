import type { Labels, Meta } from '../meta.js'

export type MutualTlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT'

export interface PeerAuthentication {
  readonly meta: Meta
  /** Absent or empty: the whole namespace, or the mesh in the root namespace (TLS-1). */
  readonly selector?: Labels
  readonly mode: MutualTlsMode
  readonly portModes: Readonly<Record<number, MutualTlsMode>>
}
