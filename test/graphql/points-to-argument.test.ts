import { buildSchema, type ExecutionResult, execute, parse } from 'graphql'
import { expect, it } from 'vitest'
import { pointsToArgument } from '../../src/graphql/points-to-argument.js'

const schema = buildSchema('type Query { echo(text: String!, more: [String!]): String! none: String! number: Int }')
const rootValue = { echo: ({ text }: { readonly text: string }) => text, none: () => null, number: () => 'no number' }

async function pointsIn(query: string, variableValues?: Record<string, unknown>): Promise<readonly boolean[]> {
  const document = parse(query)
  const { errors = [] } = (await execute({ schema, document, rootValue, variableValues: variableValues ?? {} })) as ExecutionResult
  return errors.map(({ locations }) => pointsToArgument(document, locations))
}

it('a null that a variable brings to an argument is about the request', async () => {
  expect(await pointsIn('query ($text: String = "a") { echo(text: $text) }', { text: null })).toEqual([true])
  expect(await pointsIn('query ($one: String = "a") {\n  a: echo(text: "b", more: [$one])\n}', { one: null })).toEqual([true])
})

it('what a field came to is not', async () => {
  expect(await pointsIn('{ none }')).toEqual([false])
  expect(await pointsIn('{ number echo(text: "a") }')).toEqual([false])
})
