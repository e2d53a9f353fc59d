import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { FreeObject, Name, strict } from './fields.js'

const opt = Type.Optional

export const SuppressionHeader = described(
  strict({
    code: described(Name, 'The code of the finding.', 'OBJ101'),
    resource: opt(
      described(
        Type.Union([Name, FreeObject]),
        'The object it is about: its name, `cluster/kind/namespace/name` with `*` for any part, or an object of those fields. Absent: every one.',
        'west/VirtualService/shop/*',
        { cluster: 'west', kind: 'VirtualService', namespace: 'shop', name: 'reviews' },
      ),
    ),
    reason: opt(described(Type.String(), 'Why the finding is accepted.', 'the old route goes away with the next release')),
    owner: opt(described(Type.String(), 'Who accepted it.', 'team-shop')),
    expires: opt(
      described(
        Type.String(),
        'A date or a moment from which on it is reported again. Absent: never.',
        '2027-06-30',
        '2027-06-30T12:00:00Z',
      ),
    ),
  }),
  'A finding that its owner accepts: it is counted as suppressed, and neither shown nor failing a report, until it expires.',
  {
    code: 'OBJ101',
    resource: 'west/VirtualService/shop/*',
    reason: 'goes away with the next release',
    owner: 'team-shop',
    expires: '2027-06-30',
  },
)
export type SuppressionHeader = Static<typeof SuppressionHeader>
