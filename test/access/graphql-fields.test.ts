import { describe, expect, it } from 'vitest'
import { AppError } from '#engine/model/app-error'
import { allResolvers } from '#graphql/resolvers/all-resolvers'
import type { Dependencies } from '#operations/dependencies'
import { content } from './deeds.js'
import { graphqlFields } from './graphql-fields.js'
import { type Answer, matrix } from './matrix.js'
import { type Role, roles } from './roles.js'
import { touched, untouched } from './untouched.js'

type Resolve = (parent: object, args: object, context: object, info: object) => unknown

/** Fields by `Type.field`, and how each comes to its value. */
const resolvers = Object.entries(allResolvers).flatMap(([type, fields]) =>
  Object.entries(fields as Readonly<Record<string, unknown>>).flatMap(([field, resolve]) =>
    typeof resolve === 'function' && field !== 'resolveType' ? [[`${type}.${field}`, resolve as Resolve] as const] : [],
  ),
)

const place = { cluster: 'west', namespace: 'shop' }
const parent = { topology: 'shop', name: 'shop', number: 1, content, from: place, ...place, controlPlane: 'west', key: 'a b', host: 'a' }
/** Of a query that reads nothing but the name of the type. */
const info = { fieldNodes: [], fragments: {}, schema: {} }

async function answerTo(field: string, role: Role): Promise<Answer> {
  const resolve = resolvers.find(([name]) => name === field)?.[1]
  const dependencies: Dependencies = { store: untouched(), analyst: untouched(), now: () => 0, caller: roles[role] }
  try {
    // Null: whoever looks for what is not there makes no mistake.
    return (await resolve?.(parent, graphqlFields[field]?.args ?? {}, { dependencies }, info)) === null ? 'NOT_FOUND' : 'YES'
  } catch (error) {
    if (error instanceof AppError && error.code === 'FORBIDDEN') return 'FORBIDDEN'
    if (error instanceof AppError && error.code === 'TOPOLOGY_NOT_FOUND') return 'NOT_FOUND'
    if (error !== touched) throw error
    return 'YES'
  }
}

describe('a field of GraphQL', () => {
  it('for which something is done has a row', () => {
    // What is done needs the request's means, which come third.
    const doing = resolvers.filter(([, resolve]) => resolve.length > 2).map(([name]) => name)
    expect(doing.toSorted()).toEqual(Object.keys(graphqlFields).toSorted())
  })

  const rows = Object.entries(graphqlFields).flatMap(([field, { deed }]) =>
    matrix.filter(([of]) => of === deed).map(([, role, answer]) => [field, role, answer] as const),
  )
  it.each(rows)('%s for a %s: %s', async (field, role, answer) => {
    expect(await answerTo(field, role)).toBe(answer)
  })
})
