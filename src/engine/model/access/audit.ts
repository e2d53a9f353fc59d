import Type, { type Static } from 'typebox'
import { orNull } from '../or-null.js'

/** What was done, or refused. */
export const AuditEntry = Type.Object(
  {
    id: Type.Integer({ description: 'higher: later' }),
    at: Type.String({ format: 'date-time' }),
    who: Type.String({ description: '`token:` and an id, `oidc:` and a subject, `operator`, `anybody`; `unknown`: nobody was known' }),
    deed: Type.String({ description: 'the operation, as OpenAPI calls it' }),
    address: orNull(Type.String({ description: 'where the request came from; null: from the process itself' })),
    topology: orNull(Type.String()),
    version: orNull(Type.Integer()),
    subject: orNull(Type.String({ description: 'a tag, or the id of a token' })),
    outcome: Type.String({ description: '`DONE`, `UNCHANGED`, or the code of the refusal' }),
    times: Type.Integer({ description: 'how often, of refusals within a few seconds that are alike' }),
  },
  { title: 'AuditEntry', description: 'what was done, or refused: by whom, from where, to what' },
)
export type AuditEntry = Static<typeof AuditEntry>
