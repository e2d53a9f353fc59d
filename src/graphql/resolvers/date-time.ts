import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

const text = (value: unknown): string => {
  if (typeof value === 'string') return value
  throw new GraphQLError('a DateTime is a text such as `2026-01-31T12:00:00Z`')
}

/** Moments stay the text they are; operations refuse one that is no moment, so that the other questions are answered. */
export const dateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: text,
  parseValue: text,
  parseLiteral: (node) => text(node.kind === Kind.STRING ? node.value : undefined),
})
