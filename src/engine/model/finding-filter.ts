import Type, { type Static } from 'typebox'
import { Severity } from './report.js'
import { text } from './question.js'
import { described } from './topology/described.js'

const several = <T extends Type.TSchema>(item: T) =>
  Type.Optional(Type.Union([Type.Unsafe<readonly Static<T>[]>(Type.Array(item, { maxItems: 100 })), Type.Null()]))

/** Which findings are wanted: those that everything stated takes. */
export const FindingFilter = Type.Object(
  {
    severities: described(several(Severity), 'Only these.', ['ERROR']),
    codes: described(several(Type.String({ maxLength: 64 })), 'Only these codes.', ['REF101']),
    cluster: text('Only in this cluster.', 'west'),
    namespace: text('Only in this namespace.', 'shop'),
    kind: text('Only in objects of this kind.', 'VirtualService'),
    name: text('Only in objects of this name.', 'reviews'),
  },
  { additionalProperties: false },
)
export type FindingFilter = Static<typeof FindingFilter>
