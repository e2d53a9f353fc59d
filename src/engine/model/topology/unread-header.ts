import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { Name, Names, strict } from './fields.js'

/** A kind of which nobody could say what a cluster holds. */
export const UnreadHeader = described(
  strict({
    kind: described(
      Type.String({ minLength: 1, maxLength: 253, pattern: '^[A-Z][A-Za-z0-9]*([.][a-z0-9.-]+)?$' }),
      'The kind, or `Kind.group` where several groups have one of that name.',
      'AuthorizationPolicy',
      'Gateway.networking.istio.io',
    ),
    namespace: Type.Optional(described(Name, 'The namespace in which it could not be read. Absent: in none.', 'shop')),
    exceptNamespaces: Type.Optional(
      described(Names, 'Without `namespace`: the only namespaces in which it could be read.', ['shop', 'istio-system']),
    ),
    reason: described(Type.String({ minLength: 1, maxLength: 1024 }), 'Why, in the words that answers repeat.', 'forbidden'),
  }),
  'A kind that could not be read: what such objects could decide is UNDETERMINED, and names it.',
  { kind: 'AuthorizationPolicy', namespace: 'shop', reason: 'forbidden' },
)
export type UnreadHeader = Static<typeof UnreadHeader>
