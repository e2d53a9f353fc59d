import { readFileSync } from 'node:fs'
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { describe, expect, it } from 'vitest'

const earlier = readFileSync('test/graphql/earlier.graphql', 'utf8')
const now = readFileSync('src/graphql/schema.graphql', 'utf8')

const argumentOf = (place: string, { name, type, defaultValue }: GraphQLArgument): readonly [string, string] => [
  `${place}(${name})`,
  `${String(type)} = ${JSON.stringify(defaultValue)}`,
]

/** Everything that a query may name, with its type and what holds where it is not stated. */
function partsOf(type: GraphQLNamedType): readonly (readonly [place: string, is: string])[] {
  const itself = [[type.name, type.constructor.name]] as const
  if (isEnumType(type)) return [...itself, ...type.getValues().map(({ name }) => [`${type.name}.${name}`, 'a value'] as const)]
  if (isInputObjectType(type))
    return [...itself, ...Object.values(type.getFields()).map((field) => argumentOf(`${type.name}.`, field as GraphQLArgument))]
  if (!isObjectType(type) && !isInterfaceType(type)) return itself
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const place = `${type.name}.${field.name}`
    return [[place, String(field.type)] as const, ...field.args.map((argument) => argumentOf(place, argument))]
  })
  return [...itself, ...fields, ...type.getInterfaces().map(({ name }) => [`${type.name} is ${name}`, 'an interface'] as const)]
}

const everyPart = (schema: GraphQLSchema): ReadonlyMap<string, string> =>
  new Map(
    Object.values(schema.getTypeMap())
      .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
      .flatMap(partsOf),
  )

/** What was there and is not, or is something else. */
function lostIn(text: string): readonly string[] {
  const parts = everyPart(buildSchema(text))
  const lost = [...everyPart(buildSchema(earlier))].filter(([place, is]) => parts.get(place) !== is).map(([place]) => place)
  return [...lost, ...findBreakingChanges(buildSchema(earlier), buildSchema(text)).map(({ description }) => description)]
}

describe('the schema only grows', () => {
  it('keeps every type, field, argument, input and enum value that was given out, with its type and its default', () => {
    expect(everyPart(buildSchema(earlier)).size).toBeGreaterThan(600)
    expect(lostIn(now)).toEqual([])
  })

  it.each([
    ['a field that is gone', '  verdict: Verdict!\n', ''],
    ['a field of another type', 'head: Int!', 'head: String!'],
    ['a field that may no longer be null', 'description: String\n', 'description: String!\n'],
    ['an argument of another type', 'name: String!): Topology', 'name: ID!): Topology'],
    ['another default', 'ref: String! = "latest"', 'ref: String! = "1"'],
    ['a value that is gone', '  NO_LOST_REACH\n', ''],
    ['an input that has to be stated', 'value: String\n', 'value: String\n  more: String!\n'],
    ['an argument that has to be stated', 'node(id: ID!)', 'node(id: ID!, more: Int!)'],
  ])('and would notice %s', (_what, was, is) => {
    const bare = earlier.replaceAll(was, is)
    expect(bare).not.toBe(earlier)
    expect(lostIn(bare)).not.toEqual([])
  })
})
