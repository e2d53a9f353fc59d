import type { ErrorCode } from '#engine/model/app-error'
import type { Scope } from '#engine/model/access/scope'

/** Who asks, and what they may do and see: known before anything is read for them. */
export interface Caller {
  /** `anybody`, `operator`, `token:…` with the token's id, or `oidc:…` with the subject. */
  readonly id: string
  /** Whose turn it is where many wait for one thing: the id, and of `anybody` the address. */
  readonly key: string
  /** Where the request came from; null: from this process. */
  readonly address: string | null
  readonly scopes: readonly Scope[]
  /** Names of topologies, in which `*` stands for any characters; what none of them covers is not there for this caller. */
  readonly topologies: readonly string[]
  /** Names of tenants whose things alone are shown; undefined: everything is. */
  readonly tenants: readonly string[] | undefined
  /** Told what was refused. */
  readonly denied?: (denied: Denied) => void
}

/** What a caller was refused. */
export interface Denied {
  readonly deed: string
  readonly topology: string | undefined
  readonly code: ErrorCode
}
