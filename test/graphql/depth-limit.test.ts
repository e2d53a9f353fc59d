import { readFileSync } from 'node:fs'
import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { limitRules } from '#graphql/limits'

const schema = buildSchema('type Query { deeper: Query, end: Int }')
const nested = (depth: number): string => '{ deeper '.repeat(depth - 1) + '{ end }' + ' }'.repeat(depth - 1)
const faults = (query: string): readonly string[] => validate(schema, parse(query), limitRules).map(({ message }) => message)

describe('the depth of a question', () => {
  it('may be 12 fields, and no more', () => {
    expect(faults(nested(12))).toEqual([])
    expect(faults(nested(13))).toEqual(['fields more than 12 deep'])
  })

  it('is counted through fragments', () => {
    expect(faults(`query { ...first } fragment first on Query ${nested(13)}`)).toEqual(['fields more than 12 deep'])
  })

  it('is counted in reasonable time where fragments double', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, index) => `fragment f${index} on Query { deeper { ...f${index + 1} } ...f${index + 1} }`,
    )
    const started = performance.now()
    expect(faults(`{ ...f0 } ${doubling.join(' ')} fragment f60 on Query { end }`)).toEqual(['fields more than 12 deep'])
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('leaves introspection to the tools that need it', () => {
    const ours = buildSchema(readFileSync('src/graphql/schema.graphql', 'utf8'))
    expect(validate(ours, parse(getIntrospectionQuery()), limitRules)).toEqual([])
  })
})
