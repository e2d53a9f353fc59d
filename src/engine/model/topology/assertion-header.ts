import type { Static } from 'typebox'
import { DestinationInput, SourceInput } from '../question.js'
import { Verdict } from '../verdict.js'
import { described } from './described.js'
import { Name, strict } from './fields.js'

const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
const to = { host: 'reviews.shop', port: 9080 }

export const AssertionHeader = described(
  strict({
    name: described(Name, 'What is expected, as a sentence: reports name it.', 'the client reads reviews'),
    from: described(SourceInput, 'Who calls.', from),
    to: described(DestinationInput, 'Whom it calls.', to),
    expect: described(Verdict, 'The verdict that is right.', 'REACHABLE', 'UNREACHABLE'),
  }),
  'A call and the verdict that its owner expects. Every report checks it, so that `sightline validate` fails where one does not hold.',
  { name: 'the client reads reviews', from, to, expect: 'REACHABLE' },
)
export type AssertionHeader = Static<typeof AssertionHeader>
