import Type, { type Static } from 'typebox'
import { orNull } from '../or-null.js'
import { ResourceRef } from '../resource-ref.js'
import { Page } from '../visibility.js'

/**
 * What an object has a say in: who may come in and how (MUTUAL_TLS, AUTHORIZATION, TOKENS, NETWORK_POLICY), what the workload is given (SIDECAR), what callers
 * make of calls to it (ROUTES, DESTINATION), and what changes its proxy in ways that nobody follows (EXTENSION).
 */
export const PolicyConcern = Type.Enum([
  'MUTUAL_TLS',
  'AUTHORIZATION',
  'TOKENS',
  'NETWORK_POLICY',
  'EXTENSION',
  'SIDECAR',
  'ROUTES',
  'DESTINATION',
])
export type PolicyConcern = Static<typeof PolicyConcern>

/** OVERRIDDEN: another object decides in its place. NOT_ENFORCED: it is read and changes nothing. NOT_FOLLOWED: what it does is not known here. */
export const PolicyState = Type.Enum(['IN_FORCE', 'OVERRIDDEN', 'NOT_ENFORCED', 'NOT_FOLLOWED'])
export type PolicyState = Static<typeof PolicyState>

/**
 * One object with a say in a workload, `cluster/namespace/name`: at a port of it, or (`port` is null) in all of it. `host` is the service by which callers
 * come to it, where they make something of that; `resource` is null where nothing says anything and a default holds; `by` is what overrides it.
 */
export const PolicyRow = Type.Object({
  workload: Type.String(),
  port: orNull(Type.Integer()),
  host: orNull(Type.String()),
  concern: PolicyConcern,
  state: PolicyState,
  message: Type.String(),
  resource: orNull(ResourceRef),
  by: orNull(ResourceRef),
})
export type PolicyRow = Static<typeof PolicyRow>

/** All that is in force, workload by workload, and beside it what is not, in the order of the workloads, their ports and what the objects have a say in. */
export const EffectivePolicy = Type.Object({ rows: Type.Array(PolicyRow), page: Page })
export type EffectivePolicy = Static<typeof EffectivePolicy>
