import Type, { type Static } from 'typebox'
import { Scope } from './scope.js'
import { prose } from '../prose.js'

/** A name of a topology, in which `*` stands for any characters. */
export const topologyPattern = '^[a-z0-9*]([-a-z0-9*]{0,61}[a-z0-9*])?$'

const TopologyPattern = Type.String({
  pattern: topologyPattern,
  description: 'a name, in which `*` stands for any characters',
})

const scopes = Type.Array(Scope, {
  minItems: 1,
  maxItems: 3,
  uniqueItems: true,
  description: '`read`: ask and validate; `write`: append, describe, tag, check; `admin`: delete, tokens, audit. None includes another',
})
const topologies = Type.Array(TopologyPattern, { minItems: 1, maxItems: 50, description: 'the topologies that it is for' })
const TenantName = Type.String({ minLength: 1, maxLength: 253 })
const tenants = Type.Union([Type.Array(TenantName, { minItems: 1, maxItems: 50 }), Type.Null()], {
  description: 'the tenants whose things alone it shows; null: it is not limited to any',
})
const moment = Type.String({ format: 'date-time' })

/** What a token is to be. */
export const TokenRequest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: prose, description: 'what it is for, or who has it' }),
    scopes,
    topologies: Type.Optional(topologies),
    tenants: Type.Optional(tenants),
    expiresAt: Type.Optional(
      Type.Union([moment, Type.Null()], { description: 'when it ends; 90 days from now unless given, null: never' }),
    ),
  },
  { additionalProperties: false },
)
export type TokenRequest = Static<typeof TokenRequest>

/** What is known of a token: everything but the token. */
export const TokenSummary = Type.Object(
  {
    id: Type.String({ description: 'what it is called in lists and in the audit' }),
    name: Type.String(),
    scopes: Type.Array(Scope),
    topologies: Type.Array(Type.String()),
    tenants: Type.Union([Type.Array(Type.String()), Type.Null()]),
    createdAt: moment,
    createdBy: Type.String({ description: 'who made it: `token:` and an id, `oidc:` and a subject, `operator`, or `anybody`' }),
    expiresAt: Type.Union([moment, Type.Null()]),
    revokedAt: Type.Union([moment, Type.Null()]),
  },
  { title: 'Token', description: 'what is known of an API token: everything but the token' },
)
export type TokenSummary = Static<typeof TokenSummary>

/** Told once, to whoever made it. */
export const CreatedToken = Type.Object(
  { ...TokenSummary.properties, token: Type.String({ description: 'the token itself; it is not kept and cannot be told again' }) },
  { title: 'CreatedToken', description: 'a new API token, told once' },
)
export type CreatedToken = Static<typeof CreatedToken>
