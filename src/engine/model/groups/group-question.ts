import Type, { type Static } from 'typebox'
import { Moment, text } from '../question.js'
import { described } from '../topology/described.js'
import { Verdict } from '../verdict.js'
import { SubjectInput } from './subject-input.js'

const strict = { additionalProperties: false }

/** What members of one group have in common. Callers have no SERVICE and called ones no WORKLOAD or IDENTITY: these are told by the nearest other. */
export const GroupBy = Type.Enum(['WORKLOAD', 'IDENTITY', 'NAMESPACE', 'TENANT', 'SERVICE'])
export type GroupBy = Static<typeof GroupBy>

const port = described(
  Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 65535 }), Type.Null()])),
  'Only calls to this port. Absent: every port.',
  9080,
)

/** Pages of an answer, and which of its rows are on them. */
const listed = {
  by: described(Type.Optional(Type.Union([GroupBy, Type.Null()])), 'What members of one group have in common.', 'NAMESPACE'),
  verdicts: described(
    Type.Optional(Type.Union([Type.Unsafe<readonly Verdict[]>(Type.Array(Verdict, { maxItems: 4 })), Type.Null()])),
    'Only rows with one of these verdicts.',
    ['REACHABLE', 'AMBIGUOUS'],
  ),
  reason: text('Only rows with this code.', 'DENIED'),
  first: described(
    Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 100 }), Type.Null()])),
    'Rows on the page, 1 to 100; 20 unless given.',
    20,
  ),
  after: text('Cursor of an earlier page.'),
  at: Moment,
}

/** Who can call this (callers), or whom can this call (reach)? */
export const GroupQuestion = Type.Object({ of: SubjectInput, port, ...listed }, strict)
export type GroupQuestion = Static<typeof GroupQuestion>

/** Is there no call between these two, in either direction? */
export const IsolationQuestion = Type.Object(
  { between: Type.Unsafe<readonly SubjectInput[]>(Type.Array(SubjectInput, { minItems: 2, maxItems: 2 })), port, ...listed },
  strict,
)
export type IsolationQuestion = Static<typeof IsolationQuestion>

/** Everything that is in force for a workload, port by port. */
export const EffectivePolicyQuestion = Type.Object({ of: SubjectInput, port, first: listed.first, after: listed.after, at: Moment }, strict)
export type EffectivePolicyQuestion = Static<typeof EffectivePolicyQuestion>
