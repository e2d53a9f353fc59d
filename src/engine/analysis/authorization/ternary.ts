import { flatMap } from '../../flat-map.js'
import { every, not as opposite, some, type Truth } from '../call/truth.js'

/** What a policy looks at and the question leaves open: the attribute, and the test as a person would say it. */
export interface Open {
  readonly on: string
  readonly test: string
}

/** A truth that, where it is UNKNOWN, says what it hangs on (AUTHZ-9). */
export interface Ternary {
  readonly value: Truth
  readonly open: readonly Open[]
}

export const yes: Ternary = { value: 'YES', open: [] }
export const no: Ternary = { value: 'NO', open: [] }
export const maybe = (on: string, test: string): Ternary => ({ value: 'UNKNOWN', open: [{ on, test }] })
export const decided = (holds: boolean): Ternary => (holds ? yes : no)

const together = (value: Truth, terms: readonly Ternary[]): Ternary =>
  value === 'UNKNOWN' ? { value, open: flatMap(terms, ({ open }) => open) } : decided(value === 'YES')

const valuesOf = (terms: readonly Ternary[]): readonly Truth[] => terms.map(({ value }) => value)

export const allOf = (terms: readonly Ternary[]): Ternary => together(every(valuesOf(terms)), terms)

export const anyOf = (terms: readonly Ternary[]): Ternary => together(some(valuesOf(terms)), terms)

export const not = ({ value, open }: Ternary): Ternary => ({
  value: opposite(value),
  open: open.map(({ on, test }) => ({ on, test: `not ${test}` })),
})
