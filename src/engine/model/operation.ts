import Type, { type Static } from 'typebox'
import { Check } from './check.js'
import { GroupedCalls, Isolation } from './groups/grouped-calls.js'
import { Report } from './report.js'

export const OperationStatus = Type.Enum(['RUNNING', 'DONE', 'FAILED', 'CANCELLED'])
export type OperationStatus = Static<typeof OperationStatus>

/** Work that its asker does not wait for: how far it is, and what came of it. It is kept for a while, and gone when the service ends. */
export const Operation = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['VALIDATE', 'CHECK', 'CALLERS', 'REACH', 'ISOLATION']),
  status: OperationStatus,
  createdAt: Type.String({ format: 'date-time' }),
  endedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  progress: Type.Object(
    { done: Type.Integer(), total: Type.Integer() },
    {
      description:
        'steps done, of how many; 0 of 0 before it is known; assertions and rules are counted one after the other, and of calls what is called',
    },
  ),
  result: Type.Optional(Type.Union([Report, Check, Isolation, GroupedCalls], { description: 'of one that is DONE' })),
  problem: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() }, { description: 'of one that FAILED' })),
})
export type Operation = Static<typeof Operation>
