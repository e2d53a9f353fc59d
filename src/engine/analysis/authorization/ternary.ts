/** What a policy looks at and the question leaves open: the attribute, and the test as a person would say it. */
export interface Open {
  readonly on: string
  readonly test: string
}

/** Three-valued truth: MAYBE says what it hangs on (AUTHZ-9). */
export interface Ternary {
  readonly value: 'YES' | 'NO' | 'MAYBE'
  readonly open: readonly Open[]
}

export const yes: Ternary = { value: 'YES', open: [] }
export const no: Ternary = { value: 'NO', open: [] }
export const maybe = (on: string, test: string): Ternary => ({ value: 'MAYBE', open: [{ on, test }] })
export const decided = (holds: boolean): Ternary => (holds ? yes : no)

const undecided = (terms: readonly Ternary[]): Ternary => ({
  value: 'MAYBE',
  open: terms.flatMap((term) => (term.value === 'MAYBE' ? term.open : [])),
})

export const allOf = (terms: readonly Ternary[]): Ternary =>
  terms.some((term) => term.value === 'NO') ? no : terms.every((term) => term.value === 'YES') ? yes : undecided(terms)

export const anyOf = (terms: readonly Ternary[]): Ternary =>
  terms.some((term) => term.value === 'YES') ? yes : terms.every((term) => term.value === 'NO') ? no : undecided(terms)

export const not = (term: Ternary): Ternary =>
  term.value === 'MAYBE'
    ? { value: 'MAYBE', open: term.open.map(({ on, test }) => ({ on, test: `not ${test}` })) }
    : decided(term.value === 'NO')
