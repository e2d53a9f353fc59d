import Type, { type Static } from 'typebox'

/** What a caller may do: ask and validate; append and describe; delete and see to tokens. None of them includes another. */
export const Scope = Type.Enum(['read', 'write', 'admin'])
export type Scope = Static<typeof Scope>
